import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { openSilentProxy, type SilentProxy } from "@/lib/testing/silent-proxy";
import { announceNow } from "./change-feed";
import { type ChangeListener, listenForChanges } from "./change-listener";
import { type Database, openDatabase } from "./client";

let database: TestDatabase;
let db: Database;
let proxy: SilentProxy;
let listener: ChangeListener;
let heard: string[];
const gaps = () => heard.filter((each) => each === "gap").length;

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url, 2);
});
afterAll(async () => {
  await db.close();
  await database.drop();
});
beforeEach(async () => {
  heard = [];
  proxy = await openSilentProxy(database.url);
});
afterEach(async () => {
  await listener.close();
  await proxy.close();
});

const patience = { timeout: 25_000, interval: 50 };
const listen = () => {
  listener = listenForChanges(
    proxy.url,
    ({ id }) => heard.push(id),
    () => heard.push("gap"),
    { reconnectMs: 50, probeEveryMs: 100, answerMs: 2_000 },
  );
};
const say = (id: string) => announceNow(db, { topic: "intake", id });
const isListening = () => expect.poll(gaps, patience).toBe(1);

it("a connection that fell silent without an end is found out, made again, and told of as one gap", async () => {
  listen();
  await isListening();
  await say("first");
  await expect.poll(() => heard, patience).toEqual(["gap", "first"]);

  proxy.dropSilently();
  await say("lost on the way");
  await expect.poll(gaps, patience).toBe(2);
  await say("second");
  await expect.poll(() => heard, patience).toEqual(["gap", "first", "gap", "second"]);
  expect(proxy.connections).toBe(2);
});

it("one that answers what it is asked stays, however long nothing happens", async () => {
  listen();
  await isListening();
  const asked = () =>
    db.pool
      .query("SELECT query FROM pg_stat_activity WHERE application_name = 'incident-monitor-changes'")
      .then(({ rows }) => rows.map((row) => row.query));
  await expect.poll(asked, patience).toEqual(["SELECT 1"]);
  await say("still here");
  await expect.poll(() => heard, patience).toEqual(["gap", "still here"]);
  expect(proxy.connections).toBe(1);
});

it("a way that takes connections and says nothing is tried again until it speaks", async () => {
  proxy.isDeaf = true;
  listen();
  await expect.poll(() => proxy.connections, patience).toBeGreaterThan(1);
  expect(heard).toEqual([]);
  proxy.isDeaf = false;
  await isListening();
});

it("ends though the other side says nothing", async () => {
  listen();
  await isListening();
  proxy.dropSilently();
  await listener.close();
  expect(heard).toEqual(["gap"]);
});
