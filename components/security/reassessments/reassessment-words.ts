import { fieldWords } from "@/components/security/cards/card-words";
import { refPath, refWords, sourceName } from "@/components/security/metrics/metric-words";
import type { CardFieldWire } from "@/lib/contracts/deployment-card";
import type {
  ReassessmentFindingWire,
  ReassessmentRecordWire,
  ReassessmentTriggerWire,
} from "@/lib/contracts/reassessment";
import { destinationsPath } from "@/lib/paths";
import type { NameOf } from "@/lib/queries/names";

export const triggerWords: Record<ReassessmentTriggerWire, string> = {
  scheduled: "It was due",
  manual: "Asked for",
  model_policy_change: "The model's policy changed",
  workflow_authority_change: "What workflows may do changed",
  mcp_inventory_change: "MCP servers changed",
  destination_or_route_change: "Destinations or routes changed",
  monitored_source_change: "Projects or sources changed",
  tenant_boundary_change: "Tenant boundaries changed",
  approval_policy_change: "Approval rules changed",
  recurring_incident_threshold: "A high-risk failure keeps coming back",
  compliance_mapping_change: "The compliance mapping changed",
};

/** "This deployment", "acme / eu". */
export function scopeWords(scopeKey: string): string {
  const [tenant = "local", workspace = "local"] = scopeKey.split("/").map(decoded);
  if (tenant === "local" && workspace === "local") return "This deployment";
  return workspace === "local" ? tenant : `${tenant} / ${workspace}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** "1 new, 2 recurring, 1 resolved", or that there is nothing. */
export function comparisonWords({ comparison }: Pick<ReassessmentRecordWire, "comparison">): string {
  const parts = [
    [comparison.new_fingerprints.length, "new"],
    [comparison.recurring_fingerprints.length, "recurring"],
    [comparison.resolved_fingerprints.length, "resolved"],
  ] as const;
  const words = parts.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : []));
  return words.join(", ") || "Nothing found";
}

const cardRule = "deployment_card_required_field_missing";
/** `deployment_cards.<card id>.<field>`: the ids of cards have dots of their own. */
const cardRef = /^deployment_cards\.(.+)\.([a-z_]+)$/;

/** A finding as people say it, and the card it is about: records hold the rule's word and the ids. */
export function findingWords({
  rule_id,
  summary,
  evidence_refs,
}: Pick<ReassessmentFindingWire, "rule_id" | "summary" | "evidence_refs">): {
  words: string;
  cardId?: string;
} {
  const [, cardId, field] = cardRef.exec(evidence_refs[0] ?? "") ?? [];
  const plain = summary.charAt(0).toUpperCase() + summary.slice(1);
  if (!cardId || !field) return { words: plain };
  return {
    words: rule_id === cardRule ? `${fieldWords(field as CardFieldWire)} is not said` : plain,
    cardId,
  };
}

/** What a finding is about: "Source Billing / worker". Nothing for the whole deployment, of which all of them are. */
export function aboutWords(scope: string, name: NameOf): string | null {
  const [kind = "", id = ""] = scope.split(/:(.*)/s);
  if (kind === "source") return `Source ${sourceName(id, name)}`;
  if (kind === "destination") return `Destination ${name.destination(id)}`;
  if (kind === "workflow") return `Workflow ${id}`;
  return scope === "deployment" ? null : scope;
}

/** `incidents.<id>`, `destinations.<id>`: records and settings as evidence, by the noun of each. */
const recordRef = /^(incident|draft|post|destination|source)s\.(.+)$/;
/** `inventory.destinations.<id>.require_approval`: a setting of a destination, whose id may have dots. */
const destinationRef = /^inventory\.destinations\.(.+)\.([a-z_]+)$/;

export type EvidenceWords = { ref: string; words: string; path: string | null };

/** Evidence as people say it and where it is shown; a place in the inventory that has no name stays as it is. */
export function evidenceWords(refs: readonly string[], name: NameOf): EvidenceWords[] {
  return refs
    .filter((ref) => !ref.startsWith("governance_metrics.") && !cardRef.test(ref))
    .map((ref) => {
      const [, kind, id] = recordRef.exec(ref) ?? [];
      if (kind && id) return { ref, words: refWords({ kind, id }, name), path: refPath({ kind, id }) };
      const [, destination, field] = destinationRef.exec(ref) ?? [];
      if (!destination || !field) return { ref, words: ref, path: null };
      const words = `Destination ${name.destination(destination)}: ${field.replaceAll("_", " ")}`;
      return { ref, words, path: destinationsPath({ id: destination, field }) };
    });
}
