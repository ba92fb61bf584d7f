"use server";

import { z } from "zod";
import {
  type CreateSilenceWire,
  createSilenceSchema,
  type UpdateSilenceWire,
  updateSilenceSchema,
} from "@/lib/contracts/silence";
import { createSilence as create } from "@/lib/pipeline/silences/create-silence";
import { expireSilence as expire } from "@/lib/pipeline/silences/expire-silence";
import { updateSilence as update } from "@/lib/pipeline/silences/update-silence";
import { createSilenceFromWire, silenceToWire, updateSilenceFromWire } from "@/lib/wire/silence";
import { defineAction } from "./define-action";

const silenceId = z.string().min(1).max(200);

const createAction = defineAction({
  permission: "silence",
  schema: createSilenceSchema,
  verb: async (ctx, input) => ({
    silence: silenceToWire(await create(ctx, createSilenceFromWire(input)), ctx.nowMs),
  }),
});

const updateAction = defineAction({
  permission: "silence",
  schema: updateSilenceSchema.extend({ silence_id: silenceId }),
  verb: async (ctx, { silence_id, ...input }) => {
    const changed = await update(ctx, { silenceId: silence_id, ...updateSilenceFromWire(input) });
    return { silence: silenceToWire(changed, ctx.nowMs) };
  },
});

const expireAction = defineAction({
  permission: "silence",
  schema: z.object({ silence_id: silenceId }),
  verb: async (ctx, input) => ({
    silence: silenceToWire(await expire(ctx, input.silence_id), ctx.nowMs),
  }),
});

/** Holds what matches until its end. A refusal names the field: `problem.field`, and all of them in `problem.issues`. */
export async function createSilence(input: CreateSilenceWire) {
  return createAction(input);
}

/** Only over the version that was read, when it is named. */
export async function updateSilence(input: { silence_id: string } & UpdateSilenceWire) {
  return updateAction(input);
}

/** What it held flows again. */
export async function expireSilence(input: { silence_id: string }) {
  return expireAction(input);
}
