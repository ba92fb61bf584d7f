import { reportOfSuggestion } from "@/lib/domain/posture-finding";
import type { AcceptedRecord } from "@/lib/domain/records";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { acceptReport } from "../intake/accept-report";
import { getPosture } from "./get-posture";

/**
 * Takes a finding in as a report, as an operator would write it: judged, redacted, grouped and routed like every other.
 * Its identity is the finding's fingerprint, so doing it twice counts a second sighting of one incident.
 *
 * @throws AppError forbidden, not_found `posture_finding_not_found` when nothing is found by it any more
 */
export async function draftFinding(
  ctx: Context,
  { fingerprint }: { fingerprint: string },
): Promise<AcceptedRecord> {
  await authorize(ctx, "report", { kind: "posture_finding", id: fingerprint });
  const { findings } = await getPosture(ctx, {});
  const finding = findings.find((each) => each.fingerprint === fingerprint);
  if (!finding) {
    const message = "No rule finds this now: it was fixed, or it is about a project you may not see";
    throw new AppError("not_found", "posture_finding_not_found", message, { fingerprint });
  }
  const { draftSuggestion, routeSuggestion, evidencePaths } = finding;
  return acceptReport(ctx, {
    path: { kind: "unbound", provenance: "security", routeTags: draftSuggestion.routeTags },
    report: reportOfSuggestion(draftSuggestion, routeSuggestion.expectedDestination, evidencePaths),
    idempotency: null,
  });
}
