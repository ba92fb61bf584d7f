import type { CardFinding } from "@/lib/domain/deployment-card";
import type { FoundFinding } from "@/lib/domain/reassessment";
import type { FindingProvider } from "./finding-provider";
import { nothingGiven, readCards } from "./read-cards";

/** What cards lack: all of it for the deployment, what is of the scope's projects for a tenant. */
export const cardFindingProvider: FindingProvider = {
  name: "deployment_cards",
  find: async (ctx, { projectIds }) => {
    const { findings } = await readCards(ctx, nothingGiven);
    return findings
      .filter(
        ({ affected: { projectId } }) => projectIds === null || (projectId && projectIds.includes(projectId)),
      )
      .map(asFound);
  },
};

const asFound = (finding: CardFinding): FoundFinding => ({
  fingerprint: finding.fingerprint,
  ruleId: finding.ruleId,
  scope: scopeOf(finding.affected),
  severity: finding.severity,
  category: finding.category,
  summary: `${finding.ruleId.replaceAll("_", " ")}: ${finding.affected.field}`,
  evidenceRefs: [`deployment_cards.${finding.affected.cardId}.${finding.affected.field}`],
});

function scopeOf({ kind, id }: CardFinding["affected"]): string {
  if (kind === "project" || kind === "log_source") return `source:${id}`;
  return kind === "incident_monitor" ? "deployment" : `workflow:${id}`;
}
