import { announceChange } from "@/lib/db/change-feed";
import { removeMcpServer } from "@/lib/db/mcp-server-store";
import { inTransaction } from "@/lib/db/transaction";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { recordReassessmentTrigger } from "../governance/record-reassessment-trigger";
import { recordAudit } from "../record-audit";
import { mcpServerSubject, refuseHostServer, requireMcpServer } from "./require-mcp-server";

/**
 * Takes out a server over HTTP. Destinations that name it stay and are not ready.
 *
 * @throws AppError forbidden, not_found `mcp_server_not_found`, conflict `mcp_server_of_host`
 */
export async function deleteMcpServer(ctx: Context, input: { name: string }): Promise<void> {
  const { name } = input;
  await authorize(ctx, "configure", mcpServerSubject(name));
  refuseHostServer(ctx, name);
  await requireMcpServer(ctx, name);
  await inTransaction(ctx.db, async (tx) => {
    // Whoever was faster has said so in the audit already.
    if (!(await removeMcpServer(tx, name))) return;
    await recordAudit(tx, ctx, {
      action: "incident_monitor.mcp_server.removed",
      subject: mcpServerSubject(name),
    });
    await recordReassessmentTrigger(tx, ctx, [
      { trigger: "mcp_inventory_change", detail: [`mcp_servers.${name}`] },
    ]);
    await announceChange(tx, { topic: "config", id: name });
  });
}
