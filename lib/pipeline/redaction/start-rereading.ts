import { announceChange } from "@/lib/db/change-feed";
import { insertRedactionRun } from "@/lib/db/redaction-run-store";
import { inTransaction } from "@/lib/db/transaction";
import type { RedactionRun } from "@/lib/domain/redaction-run";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { newRedactionRun } from "./reread-stored";

/**
 * Has everything that is stored read again by the rules and profiles of now. The work is done by a worker, page by page.
 *
 * @throws AppError forbidden; conflict `redaction_under_way` while another one is not through
 */
export async function startRereading(ctx: Context): Promise<RedactionRun> {
  await authorize(ctx, "configure", { kind: "redaction", id: "runs", projectId: null });
  const run = newRedactionRun(ctx, "request");
  return inTransaction(ctx.db, async (tx) => {
    if (!(await insertRedactionRun(tx, run))) {
      throw new AppError("conflict", "redaction_under_way", "Stored texts are being read again already");
    }
    await recordAudit(tx, ctx, {
      action: "incident_monitor.redaction.started",
      subject: { kind: "redaction", id: run.runId },
      detail: { run_id: run.runId, rules_version: run.rulesVersion },
    });
    await announceChange(tx, { topic: "redaction", id: run.runId });
    return run;
  });
}
