import { announceChange } from "@/lib/db/change-feed";
import { countPanelServers, endMcpInspection, saveMcpServer } from "@/lib/db/mcp-server-store";
import { inTransaction } from "@/lib/db/transaction";
import type { McpServer } from "@/lib/domain/mcp";
import {
  leadsElsewhere,
  type McpServerSettings,
  mcpSettingsIssues,
  panelServersMax,
} from "@/lib/domain/mcp-settings";
import { decidePrecondition } from "@/lib/domain/precondition";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordReassessmentTrigger } from "../governance/record-reassessment-trigger";
import { recordAudit } from "../record-audit";
import { secretIssues } from "../secret-issues";
import { describeMcpServer, type ListedMcpServer } from "./list-mcp-servers";
import { readMcpServers } from "./read-mcp-servers";
import { mcpServerSubject, refuseHostServer, requireMcpServer } from "./require-mcp-server";

export type PutMcpServerInput = {
  settings: McpServerSettings;
  ifMatch?: string | null;
  ifNoneMatch?: string | null;
};

/**
 * Makes or replaces a server over HTTP. A change of its address or sign-in ends what its inspection says; a secret reference
 * is never carried along to another origin (D-33). Programs cannot be declared here at all (D-34).
 *
 * @throws AppError forbidden, conflict `mcp_server_of_host` | `mcp_server_stale` | `mcp_servers_too_many`, invalid
 * `mcp_server_invalid` with `issues`
 */
export async function putMcpServer(ctx: Context, input: PutMcpServerInput): Promise<ListedMcpServer> {
  const { settings } = input;
  await authorize(ctx, "configure", mcpServerSubject(settings.name));
  refuseHostServer(ctx, settings.name);
  const servers = await readMcpServers(ctx);
  const stored = servers.get(settings.name);
  refuseIssues(settings, stored);
  const seen = decidePrecondition(
    { ifMatch: input.ifMatch, ifNoneMatch: input.ifNoneMatch },
    stored ? String(stored.version) : null,
  );
  if (!seen.ok) throw stale(settings.name, stored);
  const ofHost = [...servers.values()].filter((each) => each.declaredBy === "host").map(({ name }) => name);
  await inTransaction(ctx.db, async (tx) => {
    if (!stored && (await countPanelServers(tx, ofHost)) >= panelServersMax) throw tooMany();
    const saved = await saveMcpServer(tx, settings, stored?.version ?? null, new Date(ctx.nowMs));
    if (!saved) throw stale(settings.name, stored);
    const isNewPlace = stored !== undefined && callsDifferently(stored, settings);
    if (isNewPlace) await endMcpInspection(tx, settings.name);
    await recordAudit(tx, ctx, {
      action: "incident_monitor.mcp_server.saved",
      subject: mcpServerSubject(settings.name),
      detail: {
        ...{ created: stored === undefined, enabled: settings.enabled, inspection_ended: isNewPlace },
        allowed_tools: settings.allowedTools?.length ?? null,
        signs_in: settings.authRef !== null,
      },
    });
    await recordReassessmentTrigger(tx, ctx, [
      { trigger: "mcp_inventory_change", detail: [`mcp_servers.${settings.name}`] },
    ]);
    await announceChange(tx, { topic: "config", id: settings.name });
  });
  return describeMcpServer(ctx, await requireMcpServer(ctx, settings.name));
}

function refuseIssues(settings: McpServerSettings, stored: McpServer | undefined): void {
  const issues = [...mcpSettingsIssues(settings), ...secretIssues(settings, stored)];
  const keepsSecret = stored?.authRef && stored.authRef === settings.authRef;
  if (issues.length === 0 && keepsSecret && leadsElsewhere(stored.url, settings.url)) {
    issues.push({
      path: "auth_ref",
      code: "secret_reference_required",
      message: "The URL leads elsewhere now: save it without auth_ref first, then name the secret again.",
    });
  }
  if (issues.length === 0) return;
  const detail = issues.map(({ path, message }) => `${path}: ${message}`).join("; ");
  throw new AppError("invalid", "mcp_server_invalid", "The MCP server's settings are not valid.", {
    detail,
    issues,
  });
}

const callsDifferently = (stored: McpServer, settings: McpServerSettings): boolean =>
  stored.url !== settings.url ||
  stored.authRef !== settings.authRef ||
  stored.authHeader !== settings.authHeader;

const tooMany = () =>
  new AppError(
    "conflict",
    "mcp_servers_too_many",
    `At most ${panelServersMax} MCP servers can be kept; take one out first`,
    { limit: panelServersMax },
  );

function stale(name: string, stored: McpServer | undefined): AppError {
  const message = "The MCP server has changed since you read it; look again";
  return new AppError("conflict", "mcp_server_stale", message, {
    name,
    current_version: stored?.version ?? null,
  });
}
