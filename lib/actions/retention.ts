"use server";

import { z } from "zod";
import {
  type EraseTextWire,
  type ErasurePreviewRequestWire,
  eraseTextSchema,
  erasurePreviewRequestSchema,
  type PlaceHoldWire,
  placeHoldSchema,
  releaseHoldSchema,
} from "@/lib/contracts/retention";
import { eraseText as erase, previewErasure as preview } from "@/lib/pipeline/retention/erase-text";
import { placeHold as place } from "@/lib/pipeline/retention/place-hold";
import { releaseHold as release } from "@/lib/pipeline/retention/release-hold";
import {
  erasureFromWire,
  erasurePreviewToWire,
  holdToWire,
  placeHoldFromWire,
  runToWire,
} from "@/lib/wire/retention";
import { defineAction } from "./define-action";

const placeAction = defineAction({
  permission: "configure",
  schema: placeHoldSchema,
  verb: async (ctx, input) => ({ hold: holdToWire(await place(ctx, placeHoldFromWire(input))) }),
});

const releaseAction = defineAction({
  permission: "configure",
  schema: releaseHoldSchema.extend({ hold_id: z.string().min(1).max(200) }),
  verb: async (ctx, { hold_id, reason }) => ({
    hold: holdToWire(await release(ctx, { holdId: hold_id, reason })),
  }),
});

const previewAction = defineAction({
  permission: "configure",
  schema: erasurePreviewRequestSchema,
  verb: async (ctx, input) => erasurePreviewToWire(await preview(ctx, erasureFromWire(input))),
  readsOnly: () => true,
});

const eraseAction = defineAction({
  permission: "configure",
  schema: eraseTextSchema,
  verb: async (ctx, input) => ({
    run: runToWire(await erase(ctx, { subject: erasureFromWire(input), reason: input.reason })),
  }),
});

/** From when it answers nothing that it covers is removed. */
export async function placeHold(input: PlaceHoldWire) {
  return placeAction(input);
}

/** Asks for a fresh proof: `problem.step_up`. */
export async function releaseHold(input: { hold_id: string; reason: string }) {
  return releaseAction(input);
}

/** What erasing it would take. Changes nothing. */
export async function previewErasure(input: ErasurePreviewRequestWire) {
  return previewAction(input);
}

/** Asks for a fresh proof: `problem.step_up`. There is no way back. */
export async function eraseText(input: EraseTextWire) {
  return eraseAction(input);
}
