import { hostname } from "node:os";
import { withLock } from "@/lib/db/advisory-lock";
import { loadConfig } from "@/lib/db/config-store";
import {
  advanceExportCursor,
  findExportCursor,
  listTelemetryAfter,
  type TelemetryRow,
} from "@/lib/db/telemetry-export-store";
import { telemetryPath } from "@/lib/destinations/telemetry-path";
import type { Destination } from "@/lib/domain/config";
import { otlpLogs, telemetryLine } from "@/lib/domain/telemetry-line";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { openTelemetryFile } from "./telemetry-file";

const batchMax = 500;
/** A commit may take a moment after its record's time; a record of the last moments waits for the next turn. */
const settleMs = 5_000;

export type Exported = { written: number; sent: number };

/**
 * Hands telemetry on, as far as somebody asked for it: to a JSON-lines file in the data folder (`config.jsonl_file` of a
 * destination) and to the collector of the host's settings (D-34). The file ends with the record that is in it, so a crash
 * neither loses nor repeats one; a collector gets each at least once.
 *
 * @throws AppError forbidden for anyone but the system; what keeps a file from being written or the collector from taking logs.
 */
export async function exportTelemetry(ctx: Context): Promise<Exported> {
  await authorize(ctx, "work", { kind: "telemetry", id: "export", projectId: null });
  const { telemetry } = ctx.services;
  if (!telemetry) return { written: 0, sent: 0 };
  const config = await loadConfig(ctx.db);
  let written = 0;
  for (const destination of config.destinations) {
    if (destination.kind !== "telemetry" || destination.config?.jsonl_file !== true) continue;
    // Each host writes its own copy; its processes take turns.
    const lock = `telemetry-file:${hostname()}:${telemetry.folder}:${destination.destinationId}`;
    written += (await withLock(ctx.db, lock, () => writeFile(ctx, destination, telemetry.folder))) ?? 0;
  }
  const { otelLogsUrl } = telemetry;
  const sent = otelLogsUrl
    ? ((await withLock(ctx.db, `telemetry-otel:${otelLogsUrl}`, () => sendLogs(ctx, otelLogsUrl))) ?? 0)
    : 0;
  return { written, sent };
}

async function writeFile(ctx: Context, destination: Destination, folder: string): Promise<number> {
  const path = telemetryPath(destination);
  if (!path.ok) return 0;
  const file = await openTelemetryFile(folder, `${path.path}/${destination.destinationId}`);
  try {
    let { cursor } = file;
    let written = 0;
    for (;;) {
      const { destinationId } = destination;
      const rows = await listTelemetryAfter(ctx.db, {
        ...{ destinationId, after: cursor, untilMs: ctx.nowMs - settleMs, limit: batchMax },
      });
      if (rows.length > 0) await file.append(rows.map(telemetryLine).join(""));
      written += rows.length;
      cursor = rows.at(-1) ?? cursor;
      if (rows.length < batchMax) return written;
    }
  } finally {
    await file.close();
  }
}

async function sendLogs(ctx: Context, url: string): Promise<number> {
  let after = await findExportCursor(ctx.db, url);
  let sent = 0;
  for (;;) {
    const rows = await listTelemetryAfter(ctx.db, {
      ...{ destinationId: null, after, untilMs: ctx.nowMs - settleMs, limit: batchMax },
    });
    const last = rows.at(-1);
    if (!last) return sent;
    await post(ctx, url, rows);
    after = { createdAtMs: last.createdAtMs, recordId: last.recordId };
    await advanceExportCursor(ctx.db, url, after, new Date(ctx.nowMs));
    sent += rows.length;
  }
}

/** The host names the collector, so it may be the host's own: private addresses and plain HTTP are its decision. */
async function post(ctx: Context, url: string, rows: readonly TelemetryRow[]): Promise<void> {
  const result = await ctx.services.fetch({
    url,
    method: "POST",
    headers: { "content-type": "application/json", "user-agent": "incident-monitor/0.1 (+otlp)" },
    body: JSON.stringify(otlpLogs(rows)),
    policy: { allowInsecureHttp: true, allowPrivateNetworks: true, allowedHosts: [], privateNetworks: [] },
    timeoutMs: 10_000,
    responseByteLimit: 4_096,
  });
  if (result.outcome === "response" && result.status >= 200 && result.status < 300) return;
  const why = result.outcome === "response" ? `answered ${result.status}` : result.reason.message;
  throw Object.assign(new Error(`The telemetry collector did not take the logs: ${why}`), {
    code: "collector_refused",
  });
}
