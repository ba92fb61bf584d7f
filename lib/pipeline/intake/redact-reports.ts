import type { SafetyDefaults } from "@/lib/domain/config";
import type { RedactionCounts } from "@/lib/domain/records";
import type { FailureReport } from "@/lib/domain/report";
import { profileNamed } from "@/lib/redaction/profiles";
import { type Redacted, redactFields } from "@/lib/redaction/redact-fields";
import type { BoundReport } from "./prepare-report";

export type RedactedReport = { report: Redacted<FailureReport>; redactions: RedactionCounts };

/**
 * Redacts a batch before anything of it is written, each report with its source's profile; one pass per profile, so the
 * slow net of known formats is asked once for all (D-14). Only this makes a RedactedReport.
 */
export async function redactReports(
  bound: readonly BoundReport[],
  safety: SafetyDefaults,
): Promise<RedactedReport[]> {
  const byProfile = new Map<string, number[]>();
  bound.forEach((each, index) => {
    const name = each.origin.redactionProfile;
    const indexes = byProfile.get(name);
    if (indexes) indexes.push(index);
    else byProfile.set(name, [index]);
  });
  const results = new Array<RedactedReport>(bound.length);
  for (const [name, indexes] of byProfile) {
    const profile = profileNamed(name, safety);
    const reports = indexes.flatMap((index) => bound[index]?.report ?? []);
    const redacted = await redactFields(reports, { structural: ["occurredAtMs"] }, profile);
    redacted.forEach((item, position) => {
      const index = indexes[position];
      if (index === undefined) return;
      results[index] = {
        report: item.value,
        redactions: Object.fromEntries(item.redactions.map((each) => [each.kind, each.count])),
      };
    });
  }
  return results;
}
