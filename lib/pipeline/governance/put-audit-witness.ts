import { saveWitnessSettings, type WitnessSettings } from "@/lib/db/audit-witness-store";
import { inTransaction } from "@/lib/db/transaction";
import { witnessFault } from "@/lib/domain/witness-kind";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { readConfig } from "../settings/get-config";
import { readWitness, type WitnessState } from "./witness-state";

/**
 * Says who is told of checkpoints and how often; no destination: nobody, as in the beginning.
 *
 * @throws AppError forbidden, invalid `destination_unknown` and `destination_no_witness`, conflict `witness_stale`
 */
export async function putAuditWitness(ctx: Context, settings: WitnessSettings): Promise<WitnessState> {
  const subject = { kind: "audit_ledger", id: "witness" } as const;
  await authorize(ctx, "configure", subject);
  const { destinationId, intervalMinutes } = settings;
  if (destinationId !== null) await refuseUnfit(ctx, destinationId);
  await inTransaction(ctx.db, async (tx) => {
    if (!(await saveWitnessSettings(tx, settings, new Date(ctx.nowMs))))
      throw new AppError("conflict", "witness_stale", "Somebody changed this since you read it");
    await recordAudit(tx, ctx, {
      action: "incident_monitor.audit.witness_configured",
      subject,
      detail: { destination_id: destinationId, interval_minutes: intervalMinutes },
    });
  });
  return readWitness(ctx);
}

async function refuseUnfit(ctx: Context, destinationId: string): Promise<void> {
  const { destinations } = await readConfig(ctx);
  const destination = destinations.find((each) => each.destinationId === destinationId);
  const field = "destination_id";
  if (!destination) {
    const words = `${field}: checkpoints are posted to a webhook destination; none has this id`;
    throw new AppError("invalid", "destination_unknown", words, { field });
  }
  const fault = witnessFault(destination.kind);
  if (fault === null) return;
  const words = `${field}: ${destinationId} can be no witness: ${fault}. Choose a webhook destination`;
  throw new AppError("invalid", "destination_no_witness", words, { field });
}
