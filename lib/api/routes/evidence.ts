import { evidenceQuerySchema, evidenceResponseSchema } from "@/lib/contracts/evidence";
import { getEvidence } from "@/lib/pipeline/evidence/get-evidence";
import { evidenceToWire } from "@/lib/wire/evidence";
import { route } from "../route";

export const evidenceRoutes = [
  route({
    method: "get",
    path: "/incident-monitor/evidence",
    summary:
      "A piece of evidence by its `tandem://` reference, redacted as it was kept. Its hash is computed again and compared.",
    auth: { kind: "actor", permission: "read" },
    query: evidenceQuerySchema,
    response: evidenceResponseSchema,
    errors: {
      evidence_reference_invalid: [400, "INCIDENT_MONITOR_EVIDENCE_REFERENCE_INVALID"],
      evidence_not_found: [404, "INCIDENT_MONITOR_EVIDENCE_NOT_FOUND"],
    },
    run: async ({ ctx, query }) => ({
      body: { evidence: evidenceToWire(await getEvidence(ctx, { reference: query.reference })) },
    }),
  }),
];
