import { afterAll, beforeAll, expect, it } from "vitest";
import { announceChange, type Change } from "@/lib/db/change-feed";
import { type Database, openDatabase } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { closeChangeHub, subscribeChanges } from "./subscribe-changes";

let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
});

afterAll(async () => {
  await closeChangeHub(db);
  await db.close();
  await database.drop();
});

it("a person with project roles alone hears of no record outside them, unbound ones included", async () => {
  const heard = { member: [] as string[], viewer: [] as string[] };
  const keep = (list: string[]) => (change: Change | "gap") => change !== "gap" && list.push(change.id);
  const member = testContext(db, actors.projectMember({ shop: "viewer" }));
  await subscribeChanges(member, keep(heard.member));
  await subscribeChanges(testContext(db, actors.viewer()), keep(heard.viewer));
  const changes: Change[] = [
    { topic: "draft", id: "draft-shop", projectId: "shop" },
    { topic: "draft", id: "draft-bank", projectId: "bank" },
    { topic: "draft", id: "draft-unbound", projectId: null },
    { topic: "delivery", id: "delivery-unbound" },
    { topic: "incident", id: "incident-unbound" },
    { topic: "intake", id: "batch" },
    { topic: "config", id: "config" },
  ];
  // The listening connection may still be opening: say it again until the last one is heard.
  await expect
    .poll(
      async () => {
        await inTransaction(db, async (tx) => {
          for (const change of changes) await announceChange(tx, change);
        });
        return heard.viewer.length >= changes.length;
      },
      { timeout: 8_000, interval: 200 },
    )
    .toBe(true);
  expect(new Set(heard.viewer)).toEqual(new Set(changes.map((each) => each.id)));
  expect(new Set(heard.member)).toEqual(new Set(["draft-shop", "batch", "config"]));
});
