"use server";

import { type PostureDraftWire, postureDraftSchema } from "@/lib/contracts/posture";
import { type AssessmentProbesWire, assessmentProbesSchema } from "@/lib/contracts/probe";
import { draftFinding } from "@/lib/pipeline/governance/draft-finding";
import { runProbes } from "@/lib/pipeline/governance/run-probes";
import { postureDraftToWire } from "@/lib/wire/posture";
import { probesFromWire, probesToWire } from "@/lib/wire/probe";
import { defineAction } from "./define-action";

const draftAction = defineAction({
  permission: "report",
  schema: postureDraftSchema,
  verb: async (ctx, input) => postureDraftToWire(input.fingerprint, await draftFinding(ctx, input)),
});

const probesAction = defineAction({
  permission: "configure",
  schema: assessmentProbesSchema,
  verb: async (ctx, input) => probesToWire(await runProbes(ctx, probesFromWire(input))),
});

/** Takes a finding in as a report; a second time it is counted on the same incident. */
export async function draftPostureFinding(input: PostureDraftWire) {
  return draftAction(input);
}

/** Tries the controls and keeps the run as evidence. */
export async function runAssessmentProbes(input: AssessmentProbesWire) {
  return probesAction(input);
}
