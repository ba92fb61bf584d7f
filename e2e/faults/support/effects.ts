import { expect } from "vitest";
import { publishWhenTaken } from "./deliveries";
import type { MonitorProcess } from "./monitor-process";
import type { RemoteKind, SixDestinations } from "./six-destinations";
import { until } from "./until";

export type SentRow = {
  id: string;
  draft_id: string;
  kind: string;
  idempotency_key: string;
  state: string;
  attempt_count: number;
  receipt_status: string | null;
  /** Rows of the two local kinds. */
  records: number;
  /** Entries of the audit log that say that it was done. */
  audited: number;
  waits_ms: number;
  reason: string | null;
};

export const sentRows = (monitor: MonitorProcess, draftIds: readonly string[]): Promise<SentRow[]> =>
  monitor.query<SentRow>(
    `SELECT v.id, v.draft_id, v.kind::text, v.idempotency_key, v.state::text, v.attempt_count, r.status AS receipt_status,
       ((SELECT count(*) FROM telemetry_records t WHERE t.delivery_id = v.id)
         + (SELECT count(*) FROM memory_records m WHERE m.delivery_id = v.id))::int AS records,
       (SELECT count(*) FROM audit_entries e WHERE e.subject_kind = 'delivery' AND e.subject_id = v.id
         AND (e.action = 'incident_monitor.publish.completed' OR (e.action = 'incident_monitor.delivery.reconciled'
           AND e.detail->>'found' = 'true')))::int AS audited,
       (extract(epoch FROM v.next_attempt_at - now()) * 1000)::int AS waits_ms, v.last_reason->>'message' AS reason
     FROM deliveries v LEFT JOIN receipts r ON r.delivery_id = v.id WHERE v.draft_id = ANY($1) ORDER BY v.id`,
    [draftIds],
  );

const isLocal = (row: SentRow) => row.kind === "telemetry" || row.kind === "internal_memory";

const effectsOf = (row: SentRow, effects: ReturnType<SixDestinations["effects"]>): number =>
  isLocal(row) ? row.records : (effects[row.kind as RemoteKind].get(row.idempotency_key) ?? 0);

/**
 * Waits until every delivery of these drafts has its receipt. `allowUnsent`: or is `ambiguous` without any effect, which is
 * sent again only after looks of more than a minute. A retry that waits long is brought forward, as a person does who
 * publishes again.
 */
export async function untilReceipted(
  monitor: MonitorProcess,
  destinations: SixDestinations,
  draftIds: readonly string[],
  { allowUnsent, withinMs }: { allowUnsent: boolean; withinMs: number },
): Promise<void> {
  await until(
    "receipts of everything published",
    async () => {
      const rows = await sentRows(monitor, draftIds);
      const effects = destinations.effects();
      const isUnsent = (row: SentRow) => row.state === "ambiguous" && effectsOf(row, effects) === 0;
      const open = rows.filter((row) => row.receipt_status !== "posted" && !(allowUnsent && isUnsent(row)));
      const late = open.filter((row) => row.state === "retrying" && row.waits_ms > 2_000);
      const drafts = [...new Set(late.map((row) => row.draft_id))];
      await Promise.all(drafts.map((id) => publishWhenTaken(monitor, id)));
      if (open.length === 0) return true;
      throw new Error(inWords(open));
    },
    { withinMs, everyMs: 250 },
  );
}

const inWords = (rows: readonly SentRow[]): string => {
  const lines = rows.map((row) => `${row.kind} ${row.state} (${row.reason ?? "no reason"})`);
  return [...new Set(lines)]
    .map((line) => `${lines.filter((each) => each === line).length} ${line}`)
    .join("; ");
};

/**
 * What must hold of these drafts on both sides, kind by kind: no key with two effects, no receipt without its effect, no effect
 * without a receipt or an `ambiguous` delivery, no effect that nobody queued, and each receipt audited once.
 */
export async function checkEffects(
  monitor: MonitorProcess,
  destinations: SixDestinations,
  draftIds: readonly string[],
): Promise<{ rows: SentRow[]; effects: number; unsent: number }> {
  const rows = await sentRows(monitor, draftIds);
  const effects = destinations.effects();
  const named = (row: SentRow) => `${row.kind} ${row.id}: ${row.state}, ${row.reason}`;
  const counts = rows.map((row) => ({ row, count: effectsOf(row, effects) }));
  const isReceipted = (row: SentRow) => row.state === "published" && row.receipt_status === "posted";
  expect({
    twice: counts.filter(({ count }) => count > 1).map(({ row }) => named(row)),
    receiptWithoutEffect: counts
      .filter(({ row, count }) => row.receipt_status === "posted" && count === 0)
      .map(({ row }) => named(row)),
    effectWithoutReceipt: counts
      .filter(({ row, count }) => count > 0 && !isReceipted(row) && row.state !== "ambiguous")
      .map(({ row }) => named(row)),
    perDraft: draftIds.filter(
      (id) => new Set(rows.filter((row) => row.draft_id === id).map((row) => row.kind)).size !== 6,
    ),
    auditedOtherThanOnce: rows.filter((row) => isReceipted(row) && row.audited !== 1).map(named),
  }).toEqual({
    twice: [],
    receiptWithoutEffect: [],
    effectWithoutReceipt: [],
    perDraft: [],
    auditedOtherThanOnce: [],
  });
  expect(rows).toHaveLength(6 * draftIds.length);
  checkRequests(destinations);
  return {
    rows,
    effects: counts.filter(({ count }) => count === 1).length,
    unsent: counts.filter(({ row, count }) => row.state === "ambiguous" && count === 0).length,
  };
}

/** Effects under keys that no delivery has: nobody asked for those. */
export async function checkStrangers(monitor: MonitorProcess, destinations: SixDestinations): Promise<void> {
  const rows = await monitor.query<{ key: string }>("SELECT idempotency_key AS key FROM deliveries");
  const known = new Set(rows.map((row) => row.key));
  const keys = Object.values(destinations.effects()).flatMap((each) => [...each.keys()]);
  expect(keys.filter((key) => !known.has(key))).toEqual([]);
}

/** A webhook that comes again comes with the same bytes, signed. */
function checkRequests({ receiver }: SixDestinations): void {
  const bodies = new Map<string, Set<string>>();
  for (const request of receiver.requests) {
    const key = String(request.headers["idempotency-key"]);
    bodies.set(key, (bodies.get(key) ?? new Set()).add(request.rawBody));
  }
  expect([...bodies.values()].filter((each) => each.size !== 1)).toEqual([]);
  const isSigned = receiver.requests.every(
    (each) => each.tandemSignatureValid && each.standardSignatureValid,
  );
  expect(isSigned).toBe(true);
}
