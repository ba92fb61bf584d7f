import { afterAll, beforeAll, expect, it } from "vitest";
import { announceChange, type Change } from "@/lib/db/change-feed";
import { type Database, openDatabase } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import type { Actor } from "@/lib/domain/actor";
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
  const keep = (list: string[]) => (change: Change | "gap" | "ended") =>
    typeof change !== "string" && list.push(change.id);
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

it("whoever's access changed or whose session ended is told to ask again; only readers of access hear whose it was", async () => {
  const told = ["ended", "user-ada", "token-1", "session-cleo", "last"];
  const heard: Record<string, string[]> = {};
  const listen = (name: string, actor: Actor) =>
    subscribeChanges(testContext(db, actor), (change) => {
      const said = typeof change === "string" ? change : change.id;
      // What the test before announced may still come in.
      if (told.includes(said)) heard[name] = [...(heard[name] ?? []), said];
    });
  await listen("ada", actors.viewer({ userId: "user-ada" }));
  await listen("bob", actors.viewer({ userId: "user-bob" }));
  // Two browsers of one person, of which one is ended.
  for (const sessionId of ["session-cleo", "session-cleo-2"])
    await listen(sessionId, actors.viewer({ userId: "user-cleo", sessionId }));
  await listen("auditor", actors.auditor());
  await listen("token", actors.serviceToken({ tokenId: "token-1" }));
  await expect
    .poll(
      async () => {
        await inTransaction(db, async (tx) => {
          for (const id of ["user-ada", "token-1"]) await announceChange(tx, { topic: "access", id });
          await announceChange(tx, { topic: "session", id: "session-cleo" });
          await announceChange(tx, { topic: "intake", id: "last" });
        });
        return heard.bob?.includes("last") === true;
      },
      { timeout: 8_000, interval: 200 },
    )
    .toBe(true);
  expect(new Set(heard.ada)).toEqual(new Set(["ended", "last"]));
  expect(new Set(heard.bob)).toEqual(new Set(["last"]));
  expect(new Set(heard.auditor)).toEqual(new Set(["user-ada", "token-1", "last"]));
  expect(new Set(heard.token)).toEqual(new Set(["ended", "last"]));
  expect(new Set(heard["session-cleo"])).toEqual(new Set(["ended", "last"]));
  expect(new Set(heard["session-cleo-2"])).toEqual(new Set(["last"]));
});

it("one who listens and fails keeps no other from hearing, and the connection goes on", async () => {
  const heard: string[] = [];
  const viewer = testContext(db, actors.viewer());
  const stop = await subscribeChanges(viewer, () => {
    throw new Error("its stream broke");
  });
  await subscribeChanges(viewer, (change) => {
    heard.push(typeof change === "string" ? change : change.id);
  });
  for (const id of ["after-a-failure", "after-another"]) {
    const isHeard = async () => {
      await inTransaction(db, (tx) => announceChange(tx, { topic: "config", id }));
      return heard.includes(id);
    };
    await expect.poll(isHeard, { timeout: 8_000, interval: 200 }).toBe(true);
  }
  stop();
});
