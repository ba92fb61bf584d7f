"use server";

import { z } from "zod";
import { type ConfigPatchWire, configPatchSchema } from "@/lib/contracts/config";
import { type ConfigKeyWire, configKeySchema } from "@/lib/contracts/config-history";
import {
  type CreateIntakeKeyWire,
  createIntakeKeySchema,
  type RotateIntakeKeyWire,
  rotateIntakeKeySchema,
} from "@/lib/contracts/intake-key";
import { type RedactionTestInput, redactionTestSchema } from "@/lib/contracts/redaction";
import { testDestination as test } from "@/lib/pipeline/publishing/test-destination";
import { createIntakeKey as createKey } from "@/lib/pipeline/settings/create-intake-key";
import { disableIntakeKey as disableKey } from "@/lib/pipeline/settings/disable-intake-key";
import { patchConfig as patch } from "@/lib/pipeline/settings/patch-config";
import { restoreConfig as restore } from "@/lib/pipeline/settings/restore-config";
import { rotateIntakeKey as rotateKey } from "@/lib/pipeline/settings/rotate-intake-key";
import { setPaused as pause } from "@/lib/pipeline/settings/set-paused";
import { testRedaction as tryRedaction } from "@/lib/pipeline/settings/test-redaction";
import { configPatchFromWire, configToWire } from "@/lib/wire/config";
import { restoredKeys } from "@/lib/wire/config-history";
import {
  createIntakeKeyFromWire,
  intakeKeyToWire,
  rotatedIntakeKeyToWire,
  rotateIntakeKeyFromWire,
} from "@/lib/wire/intake-key";
import { redactionTestFromWire, redactionTestToWire } from "@/lib/wire/redaction";
import { destinationTestToWire } from "@/lib/wire/status";
import { defineAction } from "./define-action";

const patchAction = defineAction({
  permission: "configure",
  schema: z.object({
    incident_monitor: configPatchSchema,
    expected_updated_at_ms: z.int().min(0),
    dry_run: z.boolean().optional(),
  }),
  redacts: "verb",
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

const restoreAction = defineAction({
  permission: "configure",
  schema: z.object({
    version: z.int().min(0),
    keys: z.array(configKeySchema).min(1).optional(),
    expected_updated_at_ms: z.int().min(0),
    dry_run: z.boolean().optional(),
  }),
  readsOnly: (input) => input.dry_run === true,
  verb: async (ctx, input) => {
    const result = await restore(ctx, {
      version: input.version,
      keys: restoredKeys(input),
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

const rotateKeyAction = defineAction({
  permission: "manageKeys",
  schema: rotateIntakeKeySchema.extend({ key_id: z.string().min(1).max(200) }),
  verb: async (ctx, { key_id, ...body }) =>
    rotatedIntakeKeyToWire(await rotateKey(ctx, rotateIntakeKeyFromWire(key_id, body))),
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

const redactionAction = defineAction({
  permission: "configure",
  schema: redactionTestSchema,
  redacts: "verb",
  takesAnyText: true,
  readsOnly: () => true,
  verb: async (ctx, input) => redactionTestToWire(await tryRedaction(ctx, redactionTestFromWire(input))),
});

/** Saves the keys given and nothing else; `dry_run` only checks. 409 when somebody saved meanwhile. */
export async function patchConfig(input: {
  incident_monitor: ConfigPatchWire;
  expected_updated_at_ms: number;
  dry_run?: boolean;
}) {
  return patchAction(input);
}

/** Makes an earlier version the configuration again, whole or the keys given; `dry_run` only checks. 409 as a save. */
export async function restoreConfig(input: {
  version: number;
  keys?: ConfigKeyWire[];
  expected_updated_at_ms: number;
  dry_run?: boolean;
}) {
  return restoreAction(input);
}

/** Holds or releases triage and delivery; reports are taken in either way (D-15). */
export async function setPaused(input: { paused: boolean }) {
  return pauseAction(input);
}

/** The raw key is in this answer and nowhere else. */
export async function createIntakeKey(input: CreateIntakeKeyWire) {
  return createKeyAction(input);
}

/** Makes a successor; the old key ends after the overlap. The raw key is in this answer and nowhere else. */
export async function rotateIntakeKey(input: { key_id: string } & RotateIntakeKeyWire) {
  return rotateKeyAction(input);
}

export async function disableIntakeKey(input: { key_id: string }) {
  return disableKeyAction(input);
}

/** Sends a harmless event marked as a test, under the same rules as a delivery. */
export async function testDestination(input: { destination_id: string }) {
  return testAction(input);
}

/** What the redactor would leave of a text, which is neither stored nor logged. */
export async function testRedaction(input: RedactionTestInput) {
  return redactionAction(input);
}
