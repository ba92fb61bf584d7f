import { canonicalJson } from "./canonical-json";
import type {
  AffectedObject,
  PostureCategory,
  PostureFault,
  PostureFix,
  PostureRuleId,
  PostureSeverity,
} from "./posture";
import type { FailureReport } from "./report";

export const postureEvent = "security.posture.finding";
/** The word that routes know findings by, beside their category. */
export const postureTag = "security_posture";

/** What a draft of a finding would say. The shape of a suggestion is shared with probes. */
export type DraftSuggestion = {
  source: string;
  eventType: string;
  title: string;
  fingerprint: string;
  detail: string;
  riskLevel: string;
  riskCategory: string;
  confidence: string;
  routeTags: string[];
  excerpt: string[];
};

export type PostureFinding = {
  /** `bpf_` and the first half of 32 digits of the fingerprint. */
  findingId: string;
  /** The same for the same fault whoever asks and whenever; `sha256:` and hex. */
  fingerprint: string;
  ruleId: PostureRuleId;
  category: PostureCategory;
  severity: PostureSeverity;
  title: string;
  detail: string;
  recommendation: string;
  affectedObjects: AffectedObject[];
  evidencePaths: string[];
  fix: PostureFix;
  routeSuggestion: {
    routeTags: string[];
    riskLevel: string;
    riskCategory: string;
    expectedDestination: string;
  };
  destinationSuggestion: {
    kind: "linear_issue";
    requireApproval: true;
    idempotencyKey: string;
    receiptRequired: true;
  };
  draftSuggestion: DraftSuggestion;
  dryRun: boolean;
};

/**
 * A finding out of what its rule says. The fingerprint is over rule, category, severity and the ids of what is affected,
 * and nothing of who asks, so that it stays the same across tenants, runs and wordings.
 */
export function postureFinding(
  fault: PostureFault,
  { dryRun, sha256 }: { dryRun: boolean; sha256: (text: string) => string },
): PostureFinding {
  const { ruleId, category, severity, title, detail, recommendation, fix } = fault;
  const ids = [...new Set(fault.affected.map((each) => `${each.kind}:${each.id}`))].sort();
  const parts = [ruleId, category, severity, ids, ...(fault.dedupeKey ? [fault.dedupeKey] : [])];
  const digest = sha256(canonicalJson(parts));
  const fingerprint = `sha256:${digest}`;
  const riskLevel = severity === "critical" || severity === "high" ? "high" : severity;
  const routeTags = [postureTag, category];
  return {
    findingId: `bpf_${digest.slice(0, 16)}`,
    fingerprint,
    ...{ ruleId, category, severity, title, detail, recommendation, fix, dryRun },
    affectedObjects: fault.affected,
    evidencePaths: fault.evidence,
    routeSuggestion: { routeTags, riskLevel, riskCategory: category, expectedDestination: "security_review" },
    destinationSuggestion: {
      ...{ kind: "linear_issue", requireApproval: true, idempotencyKey: fingerprint, receiptRequired: true },
    },
    draftSuggestion: {
      ...{ source: postureTag, eventType: postureEvent, title, fingerprint },
      detail: `${detail}\n\n${recommendation}`,
      ...{ riskLevel, riskCategory: category, confidence: "high", routeTags },
      excerpt: [`rule: ${ruleId}`, ...fault.affected.map((each) => `affected: ${each.kind} ${each.id}`)],
    },
  };
}

/** The report that makes a draft of a finding; its fingerprint is the finding's, so a second one is a repeat. */
export function reportOfSuggestion(
  suggestion: DraftSuggestion,
  expectedDestination: string,
  evidenceRefs: readonly string[],
): FailureReport {
  const {
    source,
    eventType: event,
    title,
    detail,
    fingerprint,
    riskLevel,
    riskCategory,
    confidence,
  } = suggestion;
  return {
    ...{ source, event, title, detail, fingerprint, riskLevel, riskCategory, confidence },
    ...{ component: "security", level: "error", expectedDestination },
    excerpt: [...suggestion.excerpt],
    evidenceRefs: [...evidenceRefs],
    externalCorrelationIds: [],
    attributes: {},
  };
}
