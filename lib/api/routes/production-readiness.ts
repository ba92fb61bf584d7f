import {
  attestationResponseSchema,
  attestationWithdrawnSchema,
  attestReadinessSchema,
  productionReadinessSchema,
} from "@/lib/contracts/readiness";
import {
  attestReadiness,
  getProductionReadiness,
  withdrawReadiness,
} from "@/lib/pipeline/governance/production-readiness";
import { attestationToWire, productionReadinessToWire } from "@/lib/wire/production-readiness";
import type { RouteErrors } from "../problem";
import { route } from "../route";

const path = "/incident-monitor/security/production-readiness";
const errors: RouteErrors = {
  readiness_control_not_found: [404, "INCIDENT_MONITOR_READINESS_CONTROL_NOT_FOUND"],
  attestation_invalid: [400, "INCIDENT_MONITOR_ATTESTATION_INVALID"],
};

export const productionReadinessRoutes = [
  route({
    method: "get",
    path,
    summary:
      "Which controls of a production deployment hold here, by what evidence, and who vouches for what cannot be seen. Reads only.",
    auth: { kind: "actor", permission: "assess" },
    response: productionReadinessSchema,
    run: async ({ ctx }) => ({
      body: productionReadinessToWire(await getProductionReadiness(ctx), ctx.nowMs),
    }),
  }),
  route({
    method: "put",
    path: `${path}/{control_id}/attestation`,
    summary:
      "Vouch for a control that only the customer can know, until a day. A signed-in person; no token may.",
    auth: { kind: "actor", permission: "configure" },
    body: attestReadinessSchema,
    response: attestationResponseSchema,
    errors,
    run: async ({ ctx, params, body }) => ({
      body: {
        attestation: attestationToWire(
          await attestReadiness(ctx, {
            ...{ controlId: params.control_id ?? "", note: body.note, expiresInDays: body.expires_in_days },
          }),
        ),
      },
    }),
  }),
  route({
    method: "delete",
    path: `${path}/{control_id}/attestation`,
    summary:
      "Take back that anybody vouches for a control; it stays on record. A signed-in person; no token may.",
    auth: { kind: "actor", permission: "configure" },
    response: attestationWithdrawnSchema,
    errors,
    run: async ({ ctx, params }) => {
      const controlId = params.control_id ?? "";
      await withdrawReadiness(ctx, { controlId });
      return { body: { control_id: controlId, withdrawn: true } };
    },
  }),
];
