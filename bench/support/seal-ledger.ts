import { openDatabase } from "@/lib/db/client";
import type { Context } from "@/lib/pipeline/context";
import { sealAudit } from "@/lib/pipeline/governance/seal-audit";

// Seals all that waits with the server's own verb, and says how long it took. Bundled and run by bench/audit.mjs.
const db = openDatabase(process.env.BENCH_DATABASE_URL ?? "", 4);
let note: string | null = null;
const ctx = {
  ...{ actor: { kind: "system", name: "bench" }, db, requestId: null },
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

const startedAt = performance.now();
let sealed = 0;
for (;;) {
  const done = await sealAudit({ ...ctx, nowMs: Date.now() }, Number(process.env.BENCH_BATCH ?? 5_000));
  sealed += done.sealed;
  if (!done.more) break;
}
console.log(JSON.stringify({ sealed, ms: performance.now() - startedAt }));
await db.close();
