"use server";

import { z } from "zod";
import { type ConfigPatchWire, configPatchSchema } from "@/lib/contracts/config";
import { type CreateIntakeKeyWire, createIntakeKeySchema } from "@/lib/contracts/intake-key";
import { testDestination as test } from "@/lib/pipeline/publishing/test-destination";
import { createIntakeKey as createKey } from "@/lib/pipeline/settings/create-intake-key";
import { disableIntakeKey as disableKey } from "@/lib/pipeline/settings/disable-intake-key";
import { patchConfig as patch } from "@/lib/pipeline/settings/patch-config";
import { setPaused as pause } from "@/lib/pipeline/settings/set-paused";
import { configPatchFromWire, configToWire } from "@/lib/wire/config";
import { createIntakeKeyFromWire, intakeKeyToWire } from "@/lib/wire/intake-key";
import { destinationTestToWire } from "@/lib/wire/status";
import { defineAction } from "./define-action";

const patchAction = defineAction({
  permission: "configure",
  schema: z.object({
    incident_monitor: configPatchSchema,
    expected_updated_at_ms: z.int().min(0),
    dry_run: z.boolean().optional(),
  }),
  readsOnly: (input) => input.dry_run === true,
  verb: async (ctx, input) => {
    const result = await patch(ctx, {
      patch: configPatchFromWire(input.incident_monitor),
      expectedUpdatedAtMs: input.expected_updated_at_ms,
      dryRun: input.dry_run,
    });
    return { incident_monitor: configToWire(result.config), warnings: result.warnings };
  },
});

const pauseAction = defineAction({
  permission: "configure",
  schema: z.object({ paused: z.boolean() }),
  verb: async (ctx, input) => ({ incident_monitor: configToWire((await pause(ctx, input)).config) }),
});

const createKeyAction = defineAction({
  permission: "manageKeys",
  schema: createIntakeKeySchema,
  verb: async (ctx, input) => {
    const made = await createKey(ctx, createIntakeKeyFromWire(input));
    return { key: intakeKeyToWire(made.key), raw_key: made.rawKey };
  },
});

const disableKeyAction = defineAction({
  permission: "manageKeys",
  schema: z.object({ key_id: z.string().min(1).max(200) }),
  verb: async (ctx, input) => ({ key: intakeKeyToWire(await disableKey(ctx, { keyId: input.key_id })) }),
});

const testAction = defineAction({
  permission: "testDestination",
  schema: z.object({ destination_id: z.string().min(1).max(200) }),
  readsOnly: () => true,
  verb: async (ctx, input) => destinationTestToWire(await test(ctx, { destinationId: input.destination_id })),
});

/** Saves the keys given and nothing else; `dry_run` only checks. 409 when somebody saved meanwhile. */
export async function patchConfig(input: {
  incident_monitor: ConfigPatchWire;
  expected_updated_at_ms: number;
  dry_run?: boolean;
}) {
  return patchAction(input);
}

/** Holds or releases triage and delivery; reports are taken in either way (D-15). */
export async function setPaused(input: { paused: boolean }) {
  return pauseAction(input);
}

/** The raw key is in this answer and nowhere else. */
export async function createIntakeKey(input: CreateIntakeKeyWire) {
  return createKeyAction(input);
}

export async function disableIntakeKey(input: { key_id: string }) {
  return disableKeyAction(input);
}

/** Sends a harmless event marked as a test, under the same rules as a delivery. */
export async function testDestination(input: { destination_id: string }) {
  return testAction(input);
}
