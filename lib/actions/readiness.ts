"use server";

import { z } from "zod";
import { type AttestReadinessWire, attestReadinessSchema } from "@/lib/contracts/readiness";
import { attestReadiness, withdrawReadiness } from "@/lib/pipeline/governance/production-readiness";
import { attestationToWire } from "@/lib/wire/production-readiness";
import { defineAction } from "./define-action";

const controlSchema = z.object({ control_id: z.string().min(1).max(200) });

const attestAction = defineAction({
  permission: "configure",
  schema: attestReadinessSchema.extend(controlSchema.shape),
  verb: async (ctx, { control_id, note, expires_in_days }) => ({
    attestation: attestationToWire(
      await attestReadiness(ctx, { controlId: control_id, note, expiresInDays: expires_in_days }),
    ),
  }),
});

const withdrawAction = defineAction({
  permission: "configure",
  schema: controlSchema,
  verb: async (ctx, { control_id }) => {
    await withdrawReadiness(ctx, { controlId: control_id });
    return { control_id };
  },
});

/** The person at the panel vouches for it, until a day. */
export async function attestControl(input: AttestReadinessWire & { control_id: string }) {
  return attestAction(input);
}

/** Nobody vouches for it any more; it stays on record. */
export async function withdrawAttestation(input: { control_id: string }) {
  return withdrawAction(input);
}
