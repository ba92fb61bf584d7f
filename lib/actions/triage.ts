"use server";

import { z } from "zod";
import { type TriageSummaryInputWire, triageSummaryInputSchema } from "@/lib/contracts/triage";
import { cancelTriageRunSchema } from "@/lib/contracts/triage-agent";
import { cancelTriageRun as cancel } from "@/lib/pipeline/triage/cancel-triage-run";
import { createTriageRun } from "@/lib/pipeline/triage/create-triage-run";
import { createTriageSummary } from "@/lib/pipeline/triage/create-triage-summary";
import { takeBackTriageRun as takeBack } from "@/lib/pipeline/triage/take-back-triage-run";
import { summaryInputFromWire } from "@/lib/wire/triage";
import { defineAction } from "./define-action";

const id = z.string().min(1).max(200);
const executor = z.enum(["worker", "agent"]).optional();

const startAction = defineAction({
  permission: "triage",
  schema: z.object({ draft_id: id, executor }),
  verb: async (ctx, input) => {
    const { run, deduped } = await createTriageRun(ctx, {
      draftId: input.draft_id,
      executor: input.executor,
    });
    return { run_id: run.runId, deduped };
  },
});

const cancelAction = defineAction({
  permission: "triage",
  schema: cancelTriageRunSchema.extend({ run_id: id }),
  verb: async (ctx, input) => {
    await cancel(ctx, { runId: input.run_id, reason: input.reason });
    return { ok: true as const };
  },
});

const takeBackAction = defineAction({
  permission: "triage",
  schema: z.object({ run_id: id }),
  verb: async (ctx, input) => {
    await takeBack(ctx, { runId: input.run_id });
    return { ok: true as const };
  },
});

const saveAction = defineAction({
  permission: "triage",
  schema: z.object({ draft_id: id, summary: triageSummaryInputSchema }),
  redacts: "verb",
  verb: async (ctx, input) => {
    // A run under way is not waited for: what is saved now lies over whatever it still finds.
    const { answer } = await createTriageSummary(ctx, {
      ...{ draftId: input.draft_id, summary: summaryInputFromWire(input.summary), waitMs: 0 },
    });
    return { passed: answer.gate === null, missing: answer.gate?.blockedReason ?? null };
  },
});

/** Puts a draft under triage; a run under way goes on. */
export async function startTriage(input: { draft_id: string; executor?: "worker" | "agent" }) {
  return startAction(input);
}

/** Ends a run at once, whoever is at it. */
export async function cancelTriage(input: { run_id: string; reason?: string }) {
  return cancelAction(input);
}

/** Takes a run from the external agent that has it; a worker goes on. */
export async function takeBackTriage(input: { run_id: string }) {
  return takeBackAction(input);
}

/** Writes over what triage found; fields that are not given stay. Makes the issue draft again. */
export async function saveTriageSummary(input: { draft_id: string; summary: TriageSummaryInputWire }) {
  return saveAction(input);
}
