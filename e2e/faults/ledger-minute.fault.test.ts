import { expect, it } from "vitest";
import { openDatabase } from "@/lib/db/client";
import { createTestDatabase } from "@/lib/testing/database";
import { checkOffline } from "@/lib/testing/ledger-ground";
import { workOnLedger } from "@/lib/testing/ledger-processes";
import { beginFault, endFault } from "./support/results";
import { isFullRun } from "./support/rounds";

/** A minute in `npm run test:faults`, a few seconds otherwise. */
const forMs = isFullRun ? 60_000 : 5_000;

it("two processes writing to the audit ledger beside two that seal it: verified offline", async () => {
  const fault = "two processes write to the ledger, two seal it";
  beginFault(fault);
  const database = await createTestDatabase();
  const db = openDatabase(database.url, 3);
  try {
    const { written, sealed } = await workOnLedger(database.url, forMs);
    const total = written.reduce((sum, each) => sum + each, 0);
    expect(Math.min(...written)).toBeGreaterThan(0);
    expect(sealed.reduce((sum, each) => sum + each, 0)).toBe(total);
    const result = await checkOffline(db);
    expect(result).toMatchObject({ ok: true, problem: null, entries: total, size: total });
    const found = `${total} entries in ${forMs / 1_000} s, ${result.checkpoints} checkpoints, verified offline`;
    endFault({ fault, rounds: 1, found });
  } finally {
    await db.close();
    await database.drop();
  }
});
