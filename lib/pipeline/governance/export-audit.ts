import { toHex } from "@/lib/audit/bytes";
import { noteOf } from "@/lib/audit/checkpoint";
import { cefLine, type ExportFormat, ocsfEvent } from "@/lib/audit/export-formats";
import {
  checkpointLine,
  type EndLine,
  entryLine,
  exportFormat,
  keyToWire,
  type LedgerLine,
} from "@/lib/audit/export-lines";
import { contentOf, isErased, readEntry } from "@/lib/audit/leaf";
import { erasedIdsOf } from "@/lib/audit/ledger-check";
import { type AuditFilter, readFilteredEntries } from "@/lib/db/audit-entry-store";
import { findNewestCheckpoint, loadLedgerKeys, readLedgerPage } from "@/lib/db/audit-ledger-store";
import {
  erasureAction,
  type LedgerKey,
  type SealedWrittenEntry,
  type StoredCheckpoint,
} from "@/lib/domain/ledger";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { LedgerTiles } from "./ledger-tiles";

export type ExportAuditInput = { format: ExportFormat; after: number; filter: AuditFilter };

const pageEntries = 1_000;
const productVersion = "1";
/** An erasure made while we export is sealed within a second; waiting for its entry keeps the file provable. */
const erasureWaitMs = 5_000;

/**
 * Sealed entries after a sequence, line by line: with no filter up to the newest checkpoint when it ends, otherwise each with
 * its own proof. Nothing of it is held in memory but a page. Whoever exports is on record before the first line.
 *
 * @throws AppError forbidden, invalid `audit_after_invalid`
 */
export async function exportAudit(
  ctx: Context,
  { format, after, filter }: ExportAuditInput,
): Promise<AsyncGenerator<string>> {
  const subject = { kind: "audit_ledger", id: "export" } as const;
  await authorize(ctx, "readAudit", subject);
  const [keys, newest] = await Promise.all([loadLedgerKeys(ctx.db.pool), findNewestCheckpoint(ctx.db.pool)]);
  if (after > (newest?.size ?? 0)) {
    const words = `after: the ledger has ${newest?.size ?? 0} sealed entries`;
    throw new AppError("invalid", "audit_after_invalid", words, { field: "after" });
  }
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
  await recordAudit(ctx.db, ctx, {
    action: "incident_monitor.audit.exported",
    subject,
    detail: { format, after, size: newest?.size ?? 0, filter: given },
  });
  if (!newest) return nothing();
  const isFiltered = Object.keys(given).length > 0;
  return isFiltered
    ? filteredLines(ctx, { format, after, filter: given, keys, newest })
    : allLines(ctx, { format, after, keys });
}

async function* nothing(): AsyncGenerator<string> {}

type Part = { format: ExportFormat; after: number; keys: LedgerKey[] };

async function* allLines(ctx: Context, { format, after, keys }: Part): AsyncGenerator<string> {
  const origin = keys[0]?.name ?? "";
  if (format === "jsonl") {
    const { nodes } = await new LedgerTiles(ctx).frontier(after);
    yield line({ ...headOf(ctx, origin, keys), after, frontier: nodes.map(toHex) });
  }
  const awaited = new Set<string>();
  const patienceEnds = performance.now() + erasureWaitMs;
  let at = after;
  let entries = 0;
  let last: StoredCheckpoint | null = null;
  for (;;) {
    const page = await readLedgerPage(ctx.db.pool, { after: at, limit: pageEntries });
    let checkpoint = 0;
    for (const row of page.rows) {
      const entry = page.entryOf(row);
      noteErasures(awaited, entry);
      yield shown(format, entry);
      for (; (page.checkpoints[checkpoint]?.size ?? Number.POSITIVE_INFINITY) <= entry.sequence; checkpoint++)
        if (format === "jsonl") yield line(checkpointLine(page.checkpoints[checkpoint] as StoredCheckpoint));
    }
    entries += page.rows.length;
    at = page.last ?? at;
    if (page.last !== null) continue;
    last = await findNewestCheckpoint(ctx.db.pool);
    if (last && last.size > at) continue;
    if (awaited.size === 0 || performance.now() > patienceEnds) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  if (last) yield ending(format, { size: at, entries, checkpoint: noteOf(origin, last) });
}

async function* filteredLines(
  ctx: Context,
  { format, after, filter, keys, newest }: Part & { filter: AuditFilter; newest: StoredCheckpoint },
): AsyncGenerator<string> {
  const origin = keys[0]?.name ?? "";
  const filtered = { filter, size: newest.size, root: newest.root };
  if (format === "jsonl") yield line({ ...headOf(ctx, origin, keys), after, frontier: [], filtered });
  const tiles = new LedgerTiles(ctx);
  let at = after;
  let entries = 0;
  for (;;) {
    const page = await readFilteredEntries(ctx.db.pool, filter, {
      after: at,
      until: newest.size,
      limit: 500,
    });
    const isJsonl = format === "jsonl";
    const proofs = isJsonl
      ? await tiles.proofs(
          page.map((entry) => entry.sequence),
          newest.size,
        )
      : [];
    for (const [place, entry] of page.entries())
      yield isJsonl ? `${entryLine(entry, proofs[place]?.map(toHex))}\n` : shown(format, entry);
    entries += page.length;
    at = page.at(-1)?.sequence ?? at;
    if (page.length === 0) break;
  }
  yield ending(format, { size: newest.size, entries, checkpoint: noteOf(origin, newest) });
}

const headOf = (
  ctx: Context,
  origin: string,
  keys: readonly LedgerKey[],
): Omit<LedgerLine, "after" | "frontier"> => ({
  ...{ type: "ledger", format: exportFormat, origin },
  keys: keys.map(keyToWire),
  exported_at_ms: ctx.nowMs,
});

const line = (value: object): string => `${JSON.stringify(value)}\n`;

function shown(format: ExportFormat, entry: SealedWrittenEntry): string {
  if (format === "jsonl") return `${entryLine(entry)}\n`;
  const read = readEntry(entry);
  return format === "cef" ? `${cefLine(read, productVersion)}\n` : line(ocsfEvent(read, productVersion));
}

/** The signed checkpoint ends every format: with the leaf hashes of all entries it says whether one is missing. */
function ending(format: ExportFormat, end: Omit<EndLine, "type">): string {
  if (format === "jsonl") return line({ type: "end", ...end } satisfies EndLine);
  if (format === "ocsf") return line({ class_uid: 0, type_uid: 0, unmapped: { audit_checkpoint: end } });
  const note = end.checkpoint.replace(/[\\=]/g, "\\$&").replaceAll("\n", "\\n");
  return `CEF:0|Incident Monitor|Incident Monitor|${productVersion}|audit.checkpoint|audit checkpoint|0|cn1Label=size cn1=${end.size} msg=${note}\n`;
}

function noteErasures(awaited: Set<string>, entry: SealedWrittenEntry): void {
  if (isErased(entry.actor) || isErased(entry.detail)) awaited.add(entry.id);
  if (entry.action !== erasureAction) return;
  for (const id of erasedIdsOf(contentOf(entry.detail))) awaited.delete(id);
}
