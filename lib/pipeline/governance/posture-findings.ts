import type { AffectedObject } from "@/lib/domain/posture";
import type { PostureFinding } from "@/lib/domain/posture-finding";
import type { FoundFinding } from "@/lib/domain/reassessment";
import type { FindingProvider } from "./finding-provider";
import { getPosture } from "./get-posture";

/** What the posture's rules find: all of it for the deployment, what is about the scope's projects for a tenant. */
export const postureFindings: FindingProvider = {
  name: "posture",
  find: async (ctx, { projectIds }) => {
    const { findings } = await getPosture(ctx, {});
    const concerns = (each: AffectedObject) =>
      projectIds === null || (each.projectId !== undefined && projectIds.includes(each.projectId));
    return findings.filter((finding) => finding.affectedObjects.some(concerns)).map(asFound);
  },
};

const asFound = (finding: PostureFinding): FoundFinding => ({
  fingerprint: finding.fingerprint,
  ruleId: finding.ruleId,
  scope: scopeOf(finding.affectedObjects[0]),
  severity: finding.severity,
  category: finding.category,
  // A finding's own title may hold names; the record has the rule's word and the ids.
  summary: finding.ruleId.replaceAll("_", " "),
  evidenceRefs: finding.evidencePaths,
});

/** Where a finding belongs, by the first thing it is about (reference 8.7). */
function scopeOf(first: AffectedObject | undefined): string {
  if (first?.kind === "destination") return `destination:${first.id}`;
  if (first?.kind === "project" || first?.kind === "log_source") return `source:${first.id}`;
  if (first?.automationId) return `workflow:${first.automationId}`;
  if (first?.kind === "automation") return `workflow:${first.id}`;
  return "deployment";
}
