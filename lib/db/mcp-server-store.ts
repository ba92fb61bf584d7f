import { sha256Hex } from "@/lib/digest";
import { canonicalJson } from "@/lib/domain/canonical-json";
import type { McpInspection, McpServer, McpTool } from "@/lib/domain/mcp";
import type { McpServerSettings } from "@/lib/domain/mcp-settings";
import type { Reason } from "@/lib/domain/reason";
import type { Database } from "./client";
import { Prisma } from "./generated/client";
import { count, json, list, msOrNull, type Row, text, textOrNull } from "./rows";
import { type Transaction, takeTurn } from "./transaction";

/** A server's row; of one that the host declares only the inspection counts. */
export type McpServerRow = McpServer & { inspectedIdentity: string | null };

export async function listMcpServerRows(db: Database): Promise<McpServerRow[]> {
  const { rows } = await db.pool.query("SELECT * FROM mcp_servers ORDER BY name");
  return rows.map(serverFromRow);
}

export const httpIdentity = (url: string): string => sha256Hex(canonicalJson(["http", url]));

/** Servers of the panel, less those that the host declares instead. Nobody else adds one before this transaction ends. */
export async function countPanelServers(tx: Transaction, ofHost: readonly string[]): Promise<number> {
  await takeTurn(tx, "mcp-servers");
  return tx.mcpServer.count({ where: { declaredBy: "panel", name: { notIn: [...ofHost] } } });
}

/** Makes the row or changes it; over `fromVersion` alone, null for one that is not there yet. false: somebody was first. */
export async function saveMcpServer(
  tx: Transaction,
  settings: McpServerSettings,
  fromVersion: number | null,
  now: Date,
): Promise<boolean> {
  const fields = {
    ...{ declaredBy: "panel", transport: "http", url: settings.url, enabled: settings.enabled },
    ...{ authHeader: settings.authHeader, authRef: settings.authRef, updatedAt: now },
    restrictsTools: settings.allowedTools !== null,
    allowedTools: settings.allowedTools ?? [],
  };
  if (fromVersion === null) {
    // Left behind by a server that the host declares no more.
    await tx.mcpServer.deleteMany({ where: { name: settings.name, declaredBy: "host" } });
    const { count: made } = await tx.mcpServer.createMany({
      data: [{ name: settings.name, ...fields }],
      skipDuplicates: true,
    });
    return made === 1;
  }
  const { count: moved } = await tx.mcpServer.updateMany({
    where: { name: settings.name, version: fromVersion },
    data: { ...fields, version: fromVersion + 1 },
  });
  return moved === 1;
}

/** What an inspection says no longer holds: another address, another credential. */
export async function endMcpInspection(tx: Transaction, name: string): Promise<void> {
  await tx.mcpServer.updateMany({
    where: { name },
    data: {
      ...{ tools: [], inspectedAt: null, connectedAt: null, lastError: Prisma.DbNull },
      ...{ inspectedIdentity: null, inspectionLease: null },
    },
  });
}

/** false when it was gone already. */
export async function removeMcpServer(tx: Transaction, name: string): Promise<boolean> {
  const { count: removed } = await tx.mcpServer.deleteMany({ where: { name, declaredBy: "panel" } });
  return removed === 1;
}

/**
 * Keeps what an inspection found. The tools of the last time that worked stay when this one did not. false when the server's
 * row was changed or taken away meanwhile: it was another server that was asked.
 */
export async function saveMcpInspection(
  tx: Transaction,
  server: Pick<McpServer, "name" | "declaredBy" | "transport" | "identity" | "version">,
  found: { tools: McpTool[] } | { error: Reason },
  now: Date,
): Promise<boolean> {
  const outcome =
    "tools" in found
      ? { tools: jsonOf(found.tools), connectedAt: now, lastError: Prisma.DbNull }
      : { lastError: jsonOf(found.error) };
  const inspection = {
    ...outcome,
    ...{ inspectedAt: now, inspectedIdentity: server.identity, inspectionLease: null },
  };
  if (server.declaredBy === "host") {
    const { name, declaredBy, transport } = server;
    await tx.mcpServer.upsert({
      where: { name },
      create: { name, declaredBy, transport, ...inspection },
      update: { declaredBy, transport, ...inspection },
    });
    return true;
  }
  const { count: moved } = await tx.mcpServer.updateMany({
    where: { name: server.name, version: server.version },
    data: inspection,
  });
  return moved === 1;
}

/** Takes the right to inspect one of these servers for a while; the names that were free. The row decides between processes. */
export async function claimMcpInspections(
  db: Database,
  servers: ReadonlyArray<Pick<McpServer, "name" | "declaredBy" | "transport">>,
  nowMs: number,
  leaseMs: number,
): Promise<string[]> {
  if (servers.length === 0) return [];
  const named = (declaredBy: McpServer["declaredBy"]) =>
    servers.filter((each) => each.declaredBy === declaredBy);
  const hosts = named("host");
  // A row of the panel that was taken away meanwhile is not made again.
  const { rows } = await db.pool.query(
    `WITH panel AS (
       UPDATE mcp_servers SET inspection_lease = $5
       WHERE name = ANY($1::text[]) AND (inspection_lease IS NULL OR inspection_lease < $4) RETURNING name),
     host AS (
       INSERT INTO mcp_servers AS s (name, declared_by, transport, inspection_lease)
       SELECT n, 'host', t, $5 FROM unnest($2::text[], $3::text[]) AS x(n, t)
       ON CONFLICT (name) DO UPDATE SET inspection_lease = $5
         WHERE s.inspection_lease IS NULL OR s.inspection_lease < $4 RETURNING name)
     SELECT name FROM panel UNION ALL SELECT name FROM host`,
    [
      named("panel").map((each) => each.name),
      hosts.map((each) => each.name),
      hosts.map((each) => each.transport),
      new Date(nowMs),
      new Date(nowMs + leaseMs),
    ],
  );
  return rows.map((row) => text(row.name));
}

/** No inspection yet. */
export const neverInspected: McpInspection = {
  ...{ tools: [], inspectedAtMs: null, connectedAtMs: null, lastError: null },
};

function serverFromRow(row: Row): McpServerRow {
  const url = textOrNull(row.url);
  return {
    name: text(row.name),
    transport: row.transport === "stdio" ? "stdio" : "http",
    declaredBy: row.declared_by === "host" ? "host" : "panel",
    url,
    enabled: row.enabled === true,
    allowedTools: row.restricts_tools === true ? list(row.allowed_tools) : null,
    authHeader: text(row.auth_header),
    authRef: textOrNull(row.auth_ref),
    identity: httpIdentity(url ?? ""),
    tools: json<McpTool[]>(row.tools),
    inspectedAtMs: msOrNull(row.inspected_at),
    connectedAtMs: msOrNull(row.connected_at),
    lastError: json<Reason | null>(row.last_error),
    inspectedIdentity: textOrNull(row.inspected_identity),
    version: count(row.version),
  };
}

const jsonOf = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue;
