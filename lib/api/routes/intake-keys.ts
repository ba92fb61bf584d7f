import { z } from "@hono/zod-openapi";
import {
  createIntakeKeyResponseSchema,
  createIntakeKeySchema,
  intakeKeyListQuerySchema,
  intakeKeyListSchema,
  intakeKeyResponseSchema,
  rotateIntakeKeyResponseSchema,
  rotateIntakeKeySchema,
} from "@/lib/contracts/intake-key";
import { createIntakeKey } from "@/lib/pipeline/settings/create-intake-key";
import { disableIntakeKey } from "@/lib/pipeline/settings/disable-intake-key";
import { listIntakeKeys } from "@/lib/pipeline/settings/list-intake-keys";
import { rotateIntakeKey } from "@/lib/pipeline/settings/rotate-intake-key";
import {
  createIntakeKeyFromWire,
  intakeKeyListToWire,
  intakeKeyToWire,
  listIntakeKeysFromQuery,
  rotatedIntakeKeyToWire,
  rotateIntakeKeyFromWire,
} from "@/lib/wire/intake-key";
import { route } from "../route";

export const intakeKeyRoutes = [
  route({
    method: "get",
    path: "/incident-monitor/intake/keys",
    summary: "Scoped keys by project and name, all unless a limit is given; hashes are never shown",
    auth: { kind: "actor", permission: "read" },
    query: intakeKeyListQuerySchema,
    response: intakeKeyListSchema,
    run: async ({ ctx, query }) => ({
      body: intakeKeyListToWire(await listIntakeKeys(ctx, listIntakeKeysFromQuery(query))),
    }),
  }),
  route({
    method: "post",
    path: "/incident-monitor/intake/keys",
    summary: "Make a key that can report for one project; the raw key is answered once",
    auth: { kind: "actor", permission: "manageKeys" },
    body: createIntakeKeySchema,
    response: createIntakeKeyResponseSchema,
    errors: {
      intake_project_unknown: [400, "INCIDENT_MONITOR_INTAKE_PROJECT_UNKNOWN"],
      intake_key_name_required: [400, "INCIDENT_MONITOR_INTAKE_KEY_NAME_REQUIRED"],
    },
    run: async ({ ctx, body }) => {
      const made = await createIntakeKey(ctx, createIntakeKeyFromWire(body));
      return { body: { key: intakeKeyToWire(made.key), raw_key: made.rawKey } };
    },
  }),
  route({
    method: "post",
    path: "/incident-monitor/intake/keys/{key_id}/rotate",
    summary:
      "Make a successor with the same scope; the old key ends after the overlap. The raw key is answered once",
    auth: { kind: "actor", permission: "manageKeys" },
    body: rotateIntakeKeySchema,
    response: rotateIntakeKeyResponseSchema,
    errors: {
      intake_key_not_found: [404, "INCIDENT_MONITOR_INTAKE_KEY_NOT_FOUND"],
      intake_key_not_active: [409, "INCIDENT_MONITOR_INTAKE_KEY_NOT_ACTIVE"],
      intake_key_changed: [409, "INCIDENT_MONITOR_INTAKE_KEY_CHANGED"],
    },
    run: async ({ ctx, params, body }) => ({
      body: rotatedIntakeKeyToWire(
        await rotateIntakeKey(ctx, rotateIntakeKeyFromWire(params.key_id ?? "", body)),
      ),
    }),
  }),
  route({
    method: "post",
    path: "/incident-monitor/intake/keys/{key_id}/disable",
    summary: "Stop a key for good; doing it twice is the same",
    auth: { kind: "actor", permission: "manageKeys" },
    body: z.looseObject({}),
    response: intakeKeyResponseSchema,
    errors: { intake_key_not_found: [404, "INCIDENT_MONITOR_INTAKE_KEY_NOT_FOUND"] },
    run: async ({ ctx, params }) => ({
      body: { key: intakeKeyToWire(await disableIntakeKey(ctx, { keyId: params.key_id ?? "" })) },
    }),
  }),
];
