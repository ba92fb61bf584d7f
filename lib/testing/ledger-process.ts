import { randomInt } from "node:crypto";
import { ledgerFiles } from "@/lib/audit/ledger-files";
import { type Database, openDatabase } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { sealAudit } from "@/lib/pipeline/governance/seal-audit";
import { recordAudit } from "@/lib/pipeline/record-audit";
import { actors, testContext } from "./context";

// A process of its own beside others on one ledger: it writes entries as every verb does, or seals what was committed, until
// its input ends. Bundled and started by `ledger-processes.ts`; answers with a line of JSON.

let isOver = false;
process.stdin.on("end", () => {
  isOver = true;
});
process.stdin.resume();

/** Several at a time, of several entries, and some taken back: numbers must not show it. */
async function write(db: Database): Promise<number> {
  let written = 0;
  const ctx = testContext(db, actors.admin());
  const turn = async () => {
    const entries = Array.from({ length: randomInt(1, 6) }, (_, at) => ({
      action: "incident_monitor.paused" as const,
      subject: { kind: "settings" as const, id: `settings-${written + at}` },
      detail: { process: process.pid, at, text: "\u00e9\n" },
    }));
    const takenBack = new Error("taken back");
    const isTakenBack = randomInt(10) === 0;
    await inTransaction(db, async (tx) => {
      await recordAudit(tx, { ...ctx, nowMs: Date.now() }, ...entries);
      if (isTakenBack) throw takenBack;
    }).catch((error: unknown) => {
      if (error !== takenBack) throw error;
    });
    if (!isTakenBack) written += entries.length;
  };
  const crew = Array.from({ length: 3 }, async () => {
    while (!isOver || written === 0) await turn();
  });
  await Promise.all(crew);
  return written;
}

/** As the worker does, on a host with a folder of its own, until nothing waits once its input has ended. */
async function seal(db: Database): Promise<number> {
  const ledger = ledgerFiles(process.env.LEDGER_FOLDER ?? "", process.env.LEDGER_SEED);
  const ctx = testContext(db, actors.system("audit-ledger"), { services: { ledger } });
  let total = 0;
  for (;;) {
    const wasOver = isOver;
    const { sealed, more } = await sealAudit({ ...ctx, nowMs: Date.now() });
    total += sealed;
    if (wasOver && sealed === 0) return total;
    if (!more) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const db = openDatabase(process.env.LEDGER_DATABASE_URL ?? "", 4);
const count = await (process.env.LEDGER_WORK === "seal" ? seal(db) : write(db));
console.log(JSON.stringify({ count }));
await db.close();
process.exit(0);
