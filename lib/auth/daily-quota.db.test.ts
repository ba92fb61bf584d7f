import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { takeFromDay } from "./daily-quota";

let database: TestDatabase;
/** Two processes: each has its own connections, and its own lots. */
let one: { db: Database };
let other: { db: Database };
let serial = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  one = { db: openDatabase(database.url) };
  other = { db: openDatabase(database.url) };
});
beforeEach(() => void (serial += 1));
afterAll(async () => {
  await Promise.all([one.db.close(), other.db.close()]);
  await database.drop();
});

const noon = Date.UTC(2026, 5, 29, 12);
const keyOf = (dailyQuota: number | null) => ({ keyId: `key-${serial}`, dailyQuota });

async function allowedOf(tries: number, take: (nth: number) => ReturnType<typeof takeFromDay>) {
  const verdicts = await Promise.all(Array.from({ length: tries }, (_, nth) => take(nth)));
  return verdicts.filter((verdict) => verdict.allowed).length;
}

describe("a day's quota", () => {
  it("lets exactly as many pass, however many ask at once, in one process", async () => {
    const key = keyOf(120);
    expect(await allowedOf(300, () => takeFromDay(one, key, noon))).toBe(120);
  });

  it("is never exceeded by two processes together, and all of it can be used", async () => {
    const key = keyOf(100);
    const shared = await allowedOf(200, (nth) => takeFromDay(nth % 2 ? one : other, key, noon));
    expect(shared).toBe(100);
  });

  it("says when the day ends, and begins anew with the next", async () => {
    const key = keyOf(1);
    expect(await takeFromDay(one, key, noon)).toEqual({ allowed: true });
    expect(await takeFromDay(one, key, noon)).toEqual({ allowed: false, retryAfterSeconds: 12 * 3_600 });
    expect(await takeFromDay(one, key, noon + 86_400_000)).toEqual({ allowed: true });
    const { rows } = await one.db.pool.query(
      "SELECT count(*)::int AS n FROM intake_key_usage WHERE key_id = $1",
      [key.keyId],
    );
    expect(rows[0].n).toBe(1);
  });

  it("takes a batch whole or not at all; a smaller one may still pass", async () => {
    const key = keyOf(10);
    expect(await takeFromDay(one, key, noon, 7)).toEqual({ allowed: true });
    expect(await takeFromDay(one, key, noon, 4)).toMatchObject({ allowed: false });
    expect(await takeFromDay(one, key, noon, 3)).toEqual({ allowed: true });
    expect(await takeFromDay(one, key, noon, 11)).toMatchObject({ allowed: false });
  });

  it("without a quota nothing is counted, nor for a look", async () => {
    expect(await takeFromDay(one, keyOf(null), noon)).toEqual({ allowed: true });
    expect(await takeFromDay(one, keyOf(1), noon, 0)).toEqual({ allowed: true });
    const { rows } = await one.db.pool.query("SELECT 1 FROM intake_key_usage WHERE key_id = $1", [
      `key-${serial}`,
    ]);
    expect(rows).toEqual([]);
  });
});
