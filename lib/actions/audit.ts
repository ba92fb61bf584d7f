"use server";

import { type PutAuditWitnessWire, putAuditWitnessSchema, verifyAuditSchema } from "@/lib/contracts/audit";
import { putAuditWitness } from "@/lib/pipeline/governance/put-audit-witness";
import { verifyAudit } from "@/lib/pipeline/governance/verify-audit";
import { auditVerificationToWire, auditWitnessToWire, putAuditWitnessFromWire } from "@/lib/wire/audit";
import { defineAction } from "./define-action";

const verifyAction = defineAction({
  permission: "readAudit",
  schema: verifyAuditSchema,
  verb: async (ctx, input) =>
    auditVerificationToWire(await verifyAudit(ctx, { entries: input.entries ?? undefined })),
});

const witnessAction = defineAction({
  permission: "configure",
  schema: putAuditWitnessSchema,
  verb: async (ctx, input) => auditWitnessToWire(await putAuditWitness(ctx, putAuditWitnessFromWire(input))),
});

/** Verifies the newest entries on the server and says what was read. */
export async function verifyAuditLedger(input: { entries?: number }) {
  return verifyAction(input);
}

/** Over the version that was read. */
export async function saveAuditWitness(input: PutAuditWitnessWire) {
  return witnessAction(input);
}
