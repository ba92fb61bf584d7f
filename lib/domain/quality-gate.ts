import { type Gate, type GateReport, gate, gateReport } from "./gate-report";
import type { FailureReport, Provenance } from "./report";

/** The contract's QualityGateReport (5.12 a), stage `intake_to_draft`. */
export type QualityGate = GateReport<"intake_to_draft">;

/** Routine events are noise only as whole words of the event's name: `upload.progress`, not `progressive_tax`. */
const noise = /(?<![a-z0-9])(?:progress|heartbeat|started|queued|retrying|minor_retry)(?![a-z0-9])/;

export const assumed = {
  confidence: "medium",
  riskLevel: "medium",
  expectedDestination: "incident_monitor_issue_draft",
} as const;

/**
 * Judges the report as given, before any default is filled in (W-11). A report over an authenticated path names its
 * source by that path; confidence, risk and destination may be assumed, and the gate says when they were.
 */
export function judgeReport(
  report: FailureReport,
  provenance: Provenance,
  exceptionType: string | null,
): QualityGate {
  const manual = provenance === "report" || provenance === "operator";
  const authenticated = provenance !== "runtime_event";
  const namedSource = report.source ?? report.component ?? report.attributes.process ?? report.event;
  const evidence =
    report.evidenceRefs.length > 0 ||
    report.excerpt.length > 0 ||
    report.detail !== undefined ||
    report.attributes.fileName;
  const noisy = noiseWord(report.event);
  const gates: Gate[] = [
    gate(
      "source_known",
      "Source is known",
      namedSource !== undefined || authenticated,
      namedSource
        ? undefined
        : authenticated
          ? "named by the credential"
          : "give a source, component, process or event",
    ),
    gate(
      "type_classified",
      "Type is classified",
      Boolean(report.event ?? report.level ?? exceptionType) || manual,
      report.event || report.level
        ? undefined
        : exceptionType
          ? `exception ${exceptionType}`
          : manual
            ? "manual report"
            : "give an event or a level",
    ),
    gate(
      "confidence_recorded",
      "Confidence is recorded",
      true,
      report.confidence ? undefined : `assumed ${assumed.confidence}`,
    ),
    gate("dedupe_checked", "Duplicates are checked", true),
    gate(
      "evidence_present",
      "Evidence is present",
      Boolean(evidence),
      evidence ? undefined : "give detail, an excerpt, evidence_refs or file_name",
    ),
    gate(
      "destination_clear",
      "Destination is clear",
      true,
      report.expectedDestination ? undefined : "assumed from routing",
    ),
    gate("risk_known", "Risk is known", true, report.riskLevel ? undefined : `assumed ${assumed.riskLevel}`),
    gate(
      "not_routine_noise",
      "Not routine noise",
      noisy === null,
      noisy === null ? undefined : `the event says ${noisy}`,
    ),
  ];
  return gateReport("intake_to_draft", gates, "Not enough to open a draft");
}

function noiseWord(event: string | undefined): string | null {
  return event ? (noise.exec(event.toLowerCase())?.[0] ?? null) : null;
}
