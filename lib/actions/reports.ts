"use server";

import { type SubmissionWire, submissionSchema } from "@/lib/contracts/report";
import { AppError } from "@/lib/pipeline/errors";
import { acceptReport } from "@/lib/pipeline/intake/accept-report";
import { incidentToWire } from "@/lib/wire/incident";
import { qualityGateToWire } from "@/lib/wire/record-parts";
import { reportFromWire, reportResponse } from "@/lib/wire/report";
import { defineAction } from "./define-action";

const submitAction = defineAction({
  permission: "report",
  schema: submissionSchema,
  redacts: "verb",
  takesAnyText: true,
  verb: async (ctx, input) => {
    const accepted = await acceptReport(ctx, {
      path: { kind: "unbound", provenance: "operator" },
      report: reportFromWire(input),
      idempotency: null,
    });
    const { draft, incident } = accepted;
    if (draft) return reportResponse({ ...accepted, draft });
    throw new AppError(
      "invalid",
      "quality_gate_blocked",
      incident.qualityGate?.blockedReason ?? "The report was not drafted",
      {
        incident: incidentToWire(incident),
        quality_gate: qualityGateToWire(incident.qualityGate),
      },
    );
  },
});

/** What an operator saw, by the same path as every other report. */
export async function submitReport(input: SubmissionWire) {
  return submitAction(input);
}
