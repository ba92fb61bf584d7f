"use server";

import { type AssessmentReportAskWire, assessmentReportSchema } from "@/lib/contracts/assessment-report";
import { generateAssessmentReport } from "@/lib/pipeline/governance/generate-assessment-report";
import { assessmentAnswerToWire, assessmentDocument, assessmentFromWire } from "@/lib/wire/assessment-report";
import { defineAction } from "./define-action";

const generateAction = defineAction({
  permission: "assess",
  schema: assessmentReportSchema,
  verb: async (ctx, input) =>
    assessmentAnswerToWire(
      await generateAssessmentReport(ctx, assessmentFromWire(input), assessmentDocument),
    ),
});

/** Looks at everything and keeps the report, unless told otherwise. Nothing else is changed. */
export async function generateReport(input: AssessmentReportAskWire) {
  return generateAction(input);
}
