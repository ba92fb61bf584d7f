import { expect, it } from "vitest";
import { openDatabase } from "@/lib/db/client";
import { createTestDatabase } from "@/lib/testing/database";
import { checkOffline } from "@/lib/testing/ledger-ground";
import { workOnLedger } from "@/lib/testing/ledger-processes";

it("two processes that write beside two that seal leave a ledger that is proven offline", async () => {
  const database = await createTestDatabase();
  const db = openDatabase(database.url, 3);
  try {
    const { written, sealed } = await workOnLedger(database.url, 2_000);
    const total = written.reduce((sum, each) => sum + each, 0);
    expect(Math.min(...written)).toBeGreaterThan(0);
    expect(sealed.reduce((sum, each) => sum + each, 0)).toBe(total);
    expect(await checkOffline(db)).toMatchObject({ ok: true, problem: null, entries: total, size: total });
  } finally {
    await db.close();
    await database.drop();
  }
});
