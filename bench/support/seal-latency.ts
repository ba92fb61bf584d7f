import { openDatabase } from "@/lib/db/client";
import type { Context } from "@/lib/pipeline/context";
import { sealAudit } from "@/lib/pipeline/governance/seal-audit";
import { recordAudit } from "@/lib/pipeline/record-audit";

// Writes entries at a rate while the sealer takes its turns as the worker's does, and says how long each waited from its
// transaction's beginning to the commit of the batch that sealed it. Bundled and run by bench/audit.mjs.
const rate = Number(process.env.BENCH_RATE ?? 2_000);
const seconds = Number(process.env.BENCH_SECONDS ?? 20);
const everyMs = 20;
const sealEveryMs = 400;
/** Statements under way at once: a database that cannot keep the rate makes it lower, and the figure says so. */
const pendingMax = 4;

const db = openDatabase(process.env.BENCH_DATABASE_URL ?? "", 6);
let note: string | null = null;
const ctx = {
  ...{ actor: { kind: "system", name: "bench" }, db, requestId: "bench-latency" },
  services: {
    ledger: {
      seeds: () => [Buffer.alloc(32, 5).toString("base64url")],
      remembered: () => note,
      remember: (next: string) => {
        note = next;
      },
    },
  },
} as unknown as Context;

const size = async () =>
  Number((await db.pool.query("SELECT max(tree_size) AS size FROM audit_checkpoints")).rows[0]?.size ?? 0);
const before = await size();
const sealedBy: Array<{ size: number; atMs: number }> = [];
let isOver = false;

async function write() {
  const startedAt = performance.now();
  const pending = new Set<Promise<void>>();
  let written = 0;
  while (written < rate * seconds && performance.now() - startedAt < 2_000 * seconds) {
    if (pending.size >= pendingMax) await Promise.race(pending);
    const owed = Math.floor(((performance.now() - startedAt) / 1_000) * rate);
    const due = Math.min(rate * seconds, owed, written + rate / 10);
    if (due > written) {
      const entries = Array.from({ length: due - written }, (_, at) => ({
        action: "incident_monitor.publish.completed" as const,
        subject: { kind: "delivery" as const, id: `delivery-${written + at}`, projectId: "shop" },
        detail: { attempt: 1, destination_id: "pager", state: "published", status: 200 },
      }));
      const one = recordAudit(db, { ...ctx, nowMs: Date.now() }, ...entries).finally(() =>
        pending.delete(one),
      );
      pending.add(one);
      written = due;
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  await Promise.all(pending);
  return { written, tookMs: performance.now() - startedAt };
}

async function seal() {
  for (let wasOver = false; !wasOver; ) {
    wasOver = isOver;
    for (let more = true; more; ) {
      more = (await sealAudit({ ...ctx, nowMs: Date.now() })).more;
      sealedBy.push({ size: await size(), atMs: Date.now() });
    }
    await new Promise((resolve) => setTimeout(resolve, sealEveryMs));
  }
}

const sealing = seal();
const { written, tookMs } = await write();
isOver = true;
await sealing;
const { rows } = await db.pool.query(
  "SELECT sequence, at FROM audit_entries WHERE sequence > $1 AND request_id = 'bench-latency' ORDER BY sequence",
  [before],
);
let turn = 0;
const waits: number[] = [];
for (const row of rows) {
  while ((sealedBy[turn]?.size ?? Number.POSITIVE_INFINITY) < Number(row.sequence)) turn += 1;
  waits.push((sealedBy[turn]?.atMs ?? Number.NaN) - (row.at as Date).getTime());
}
waits.sort((one, other) => one - other);
const at = (share: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))];
console.log(
  JSON.stringify({
    ...{ written, sealed: waits.length, perSecond: Math.round(written / (tookMs / 1_000)) },
    ...{ p50: at(0.5), p95: at(0.95), max: waits.at(-1) },
  }),
);
await db.close();
