"use server";

import { type RunReassessmentWire, runReassessmentSchema } from "@/lib/contracts/reassessment";
import { runReassessment as run } from "@/lib/pipeline/governance/run-reassessment";
import { reassessmentRunToWire } from "@/lib/wire/reassessment";
import { defineAction } from "./define-action";

const runAction = defineAction({
  permission: "assess",
  schema: runReassessmentSchema,
  verb: async (ctx, input) => reassessmentRunToWire(await run(ctx, { scopeKey: input.scope_key }), ctx.nowMs),
});

/** Assesses now and keeps a record; without a scope's key, every scope. */
export async function runReassessment(input: RunReassessmentWire) {
  return runAction(input);
}
