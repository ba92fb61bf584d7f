import { mkdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { announceChange } from "@/lib/db/change-feed";
import { moveTail, recordWatcher } from "@/lib/db/log-tail-store";
import { inTransaction } from "@/lib/db/transaction";
import { createLogGround, type LogGround } from "@/lib/testing/log-ground";

let ground: LogGround;

beforeEach(async () => {
  ground = await createLogGround();
});
afterEach(() => ground.close());

const soon = { timeout: 20_000, interval: 20 };
const error = (message: string) => JSON.stringify({ level: "error", message });
const sources = (...ids: string[]) => ids.map((sourceId) => ({ sourceId, path: `${sourceId}.log` }));

async function counted(sourceId: string): Promise<string[]> {
  const { rows } = await ground.db.pool.query(
    `SELECT sighting->>'message' AS message FROM occurrences WHERE log_source_id = $1
     ORDER BY (sighting->>'generation')::int, (sighting->>'offset_start')::int`,
    [sourceId],
  );
  return rows.map((row) => row.message);
}
const untilCounted = (sourceId: string, ...messages: string[]) =>
  expect.poll(() => counted(sourceId), soon).toEqual(messages);
const untilState = (sourceId: string, fields: Record<string, unknown>) =>
  expect.poll(() => ground.state(sourceId).catch(() => null), soon).toMatchObject(fields);
const holders = async () => {
  const rows = await ground.db.prisma.logSourceState.findMany({ orderBy: { sourceId: "asc" } });
  return rows.map((row) => row.claimedBy);
};

describe("a watched log", () => {
  it("becomes incidents as it is written, through a rotation", async () => {
    await ground.configure(sources("api"));
    ground.append("api.log", error("before the start"));
    ground.watch();
    await untilCounted("api", "before the start");
    ground.append("api.log", error("while it runs"));
    await untilCounted("api", "before the start", "while it runs");
    ground.append("api.log", error("the last of the old file"));
    renameSync(ground.pathOf("api.log"), ground.pathOf("api.log.1"));
    ground.append("api.log", error("the first of the new one"));
    await expect
      .poll(() => counted("api").then((lines) => lines.slice(2)), soon)
      .toEqual([...["the last of the old file", "the first of the new one"]]);
    await untilState("api", { consecutiveErrors: 0, lagBytes: 0, totalSubmitted: 4 });
  });

  it("case 57: one that cannot be read does not stop the others, and says why", async () => {
    symlinkSync("/etc/hostname", ground.pathOf("outside.log"));
    mkdirSync(ground.pathOf("folder.log"));
    await ground.configure(sources("outside", "missing", "folder", "good"));
    ground.watch();
    ground.append("good.log", error("heard"));
    await untilCounted("good", "heard");
    await untilState("missing", { errorCode: "not_found" });
    await untilState("folder", { errorCode: "not_a_file" });
    await expect
      .poll(async () => (await ground.state("outside")).errorCode, soon)
      .toMatch(/outside_root|symlink_refused/);
    await untilState("missing", { consecutiveErrors: expect.any(Number), watching: expect.any(String) });
    ground.append("missing.log", error("there at last"));
    await untilCounted("missing", "there at last");
  });

  it("that is far behind is worked off whole while others are read", async () => {
    await ground.configure([
      { sourceId: "busy", path: "busy.log", maxCandidatesPerPoll: 20, maxBytesPerPoll: 4_096 },
      ...sources("quiet"),
    ]);
    const lines = Array.from({ length: 1_500 }, (_, at) => `order ${at} failed`);
    ground.append("busy.log", ...lines.map(error));
    ground.watch();
    ground.append("quiet.log", error("heard meanwhile"));
    await untilCounted("quiet", "heard meanwhile");
    await untilCounted("busy", ...lines);
  });
});

describe("the configuration", () => {
  it("is followed: a source that is added is read, one that is paused keeps its place (D-15)", async () => {
    await ground.configure(sources("one"));
    ground.watch();
    ground.append("one.log", error("first"));
    await untilCounted("one", "first");
    await ground.configure([{ sourceId: "one", path: "one.log", paused: true }, ...sources("two")]);
    ground.append("two.log", error("of the second"));
    await untilCounted("two", "of the second");
    await untilState("one", { claimedBy: null });
    ground.append("one.log", error("while paused"));
    const { position } = await ground.state("one");
    expect(await counted("one")).toEqual(["first"]);
    await ground.configure(sources("one", "two"));
    await untilCounted("one", "first", "while paused");
    expect((await ground.state("one")).position?.offset).toBeGreaterThan(position?.offset ?? 0);
  });

  it("that the monitor itself is paused stops all reading, and nothing is lost", async () => {
    await ground.configure(sources("api"));
    ground.watch();
    ground.append("api.log", error("first"));
    await untilCounted("api", "first");
    await ground.configure(sources("api"), {}, { paused: true });
    await untilState("api", { claimedBy: null });
    ground.append("api.log", error("second"));
    await ground.configure(sources("api"), {}, { paused: false });
    await untilCounted("api", "first", "second");
  });

  it("that reads a source otherwise holds from then on, at the same place", async () => {
    await ground.configure(sources("api"));
    ground.watch();
    ground.append("api.log", error("first"), '{"level":"warn","message":"not yet"}');
    await untilCounted("api", "first");
    await untilState("api", { totalLines: 2 });
    await ground.configure([{ sourceId: "api", path: "api.log", minimumLevel: "warn" }]);
    await expect
      .poll(async () => {
        ground.append("api.log", '{"level":"warn","message":"now"}');
        return counted("api");
      }, soon)
      .toContain("now");
    expect(await counted("api")).not.toContain("not yet");
  });
});

describe("several processes", () => {
  it("share the sources, count each line once, and one takes over when another stops", async () => {
    const ids = Array.from({ length: 8 }, (_, at) => `s${at}`);
    await ground.configure(sources(...ids));
    const first = ground.watch();
    await expect.poll(async () => new Set(await holders()).size, soon).toBe(1);
    ground.watch();
    const evenly = async () => {
      const names = await holders();
      return [...new Set(names)].map((name) => names.filter((each) => each === name).length).sort();
    };
    await expect.poll(evenly, soon).toEqual([4, 4]);
    for (const id of ids) ground.append(`${id}.log`, error("shared"));
    for (const id of ids) await untilCounted(id, "shared");
    await first.stop();
    for (const id of ids) ground.append(`${id}.log`, error("after the stop"));
    for (const id of ids) await untilCounted(id, "shared", "after the stop");
    await expect.poll(async () => new Set(await holders()).size, soon).toBe(1);
  });

  it("take over from one whose lease ran out, and leave alone one whose lease holds", async () => {
    await ground.configure(sources("dead", "alive"));
    await ground.claim("dead", "elsewhere/1", Date.now() - 11_000);
    await ground.claim("alive", "elsewhere/2", Date.now() + 60_000);
    ground.append("dead.log", error("heir"));
    ground.append("alive.log", error("somebody else's"));
    ground.watch();
    await untilCounted("dead", "heir");
    expect((await ground.state("alive")).claimedBy).toBe("elsewhere/2");
    expect(await counted("alive")).toEqual([]);
  });

  it("take over at once from one of this host that was killed", async () => {
    const name = (await nameOfThisHost()).replace(/\/\d+\/[^/]+\/[^/]+$/, "/999999999/gone/gone");
    await ground.configure(sources("api"));
    await ground.claim("api", name, Date.now() + 3_600_000);
    const nowMs = Date.now();
    await recordWatcher(ground.db, { watcher: name, nowMs, sinceMs: nowMs - 1_000 });
    ground.append("api.log", error("at once"));
    ground.watch();
    await untilCounted("api", "at once");
  });

  async function nameOfThisHost(): Promise<string> {
    await ground.configure(sources("probe"));
    const probing = ground.watch();
    await expect.poll(holders, soon).toEqual([expect.any(String)]);
    const [name] = await holders();
    await probing.stop();
    return name ?? "";
  }
});

it("goes on where a person put it, and does not count again what was counted", async () => {
  await ground.configure(sources("api"));
  ground.watch();
  ground.append("api.log", error("one"), error("two"));
  await untilCounted("api", "one", "two");
  await ground.db.prisma.occurrence.deleteMany({ where: { originKey: { endsWith: ":0" } } });
  await expect
    .poll(async () => {
      const { revision, position, fileSize } = await ground.state("api");
      if (!position) return false;
      const place = { ...position, offset: 0, guardHash: null, guardBytes: 0 };
      const key = { projectId: "shop", sourceId: "api" };
      return inTransaction(ground.db, async (tx) => {
        const move = { ...key, revision, position: place, fileSize, nowMs: Date.now() };
        const moved = await moveTail(tx, move);
        if (moved) await announceChange(tx, { topic: "log_source", id: "shop/api", projectId: "shop" });
        return moved;
      });
    }, soon)
    .toBe(true);
  await untilCounted("api", "one", "two");
  await untilState("api", { totalCandidates: 4, totalSubmitted: 3 });
});

it("writes its place when it stops, though nothing was found", async () => {
  await ground.configure(sources("api"));
  const worker = ground.watch();
  ground.append("api.log", error("found"));
  await untilCounted("api", "found");
  ground.append("api.log", ...Array.from({ length: 50 }, () => '{"level":"info","message":"fine"}'));
  await untilState("api", { totalLines: 51 });
  await worker.stop();
  const { position, fileSize, claimedBy } = await ground.state("api");
  expect(position?.offset).toBe(fileSize);
  expect(claimedBy).toBeNull();
  expect(await ground.db.prisma.logWatcher.count()).toBe(0);
});

it("writes later what cannot be written now, says so as a failure of its own, and never of itself", async () => {
  await ground.configure(sources("api", "other"));
  await ground.db.pool.query(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END $$;
    CREATE TRIGGER refuse BEFORE INSERT ON occurrences FOR EACH ROW
      WHEN (NEW.log_source_id = 'api') EXECUTE FUNCTION refuse()`);
  ground.watch();
  ground.append("api.log", error("kept"));
  ground.append("other.log", error("unhindered"));
  await untilCounted("other", "unhindered");
  const own = () => ground.db.prisma.incident.findMany({ where: { sourceKind: "tandem_monitor" } });
  await expect.poll(async () => (await own()).map((each) => each.component), soon).toEqual(["log-sources"]);
  expect((await own())[0]).toMatchObject({ eventType: "incident_monitor.worker.failed", projectId: null });
  expect(await counted("api")).toEqual([]);
  await ground.db.pool.query("DROP TRIGGER refuse ON occurrences");
  await untilCounted("api", "kept");
  rmSync(ground.pathOf("api.log"));
});
