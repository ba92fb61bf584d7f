import { renameSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { refusal } from "@/lib/testing/config-database";
import { actors } from "@/lib/testing/context";
import { createLogGround, type LogGround } from "@/lib/testing/log-ground";
import { listLogSources } from "./list-log-sources";
import { listQuarantine } from "./list-quarantine";
import { type ReplayQuarantineInput, replayQuarantine } from "./replay-quarantine";
import { resetLogSource } from "./reset-log-source";

let ground: LogGround;
let serial = 0;
/** A source of this test alone, and its log. */
const own = () => `quarantine-${serial}`;
const log = () => `${own()}.log`;

beforeAll(async () => {
  ground = await createLogGround();
});
afterAll(() => ground.close());
afterEach(() => {
  serial += 1;
});

const configure = (source = {}) =>
  ground.configure([{ sourceId: own(), path: log(), format: "json", ...source }]);
/** What is left out of a source keeps its stored value, so this says so. */
const loose = { reading: {} };
const strict = { reading: { requiredFields: ["component" as const] } };
const error = (message: string, more = {}) => JSON.stringify({ level: "error", message, ...more });
const names = () => ({ projectId: "shop", sourceId: own() });
const replay = (choice: Partial<ReplayQuarantineInput> = { all: true }, actor = actors.admin()) =>
  replayQuarantine(ground.as(actor), { ...names(), ids: null, all: false, ...choice });
const list = async (filter: Parameters<typeof listQuarantine>[1]["filter"] = {}) =>
  listQuarantine(ground.as(), { ...names(), filter, page: { limit: 50 } });

async function read(...lines: string[]): Promise<void> {
  ground.append(log(), ...lines);
  const tail = await ground.open(own());
  await ground.readOn(tail);
  await tail.close();
}

const counted = () => ground.db.prisma.occurrence.count({ where: { logSourceId: own() } });
const entries = () =>
  ground.db.prisma.auditEntry.findMany({ where: { subjectId: `shop/${own()}` }, orderBy: { at: "asc" } });

describe("what was set aside", () => {
  it("is listed with why, redacted, and shown in the source's health", async () => {
    await configure(strict);
    await read(error("no component, password=hunter2hunter2"), error("fine", { component: "pay" }));
    const { quarantined, total } = await list();
    expect(total).toBe(1);
    expect(quarantined).toMatchObject([
      { reason: "required_field_missing", detail: "component", replayedAtMs: null },
    ]);
    expect(JSON.stringify(quarantined)).not.toContain("hunter2");
    const [health] = await listLogSources(ground.as());
    expect(health).toMatchObject({ openQuarantined: 1, totalQuarantined: 1 });
    expect(await counted()).toBe(1);
  });

  it("pages, and narrows by reason and by what still waits", async () => {
    await configure(strict);
    await read(...[1, 2, 3].map((nth) => error(`number ${nth}`)), "ERROR this is no JSON");
    const page = (cursor?: string) =>
      listQuarantine(ground.as(), { ...names(), filter: {}, page: { limit: 3, cursor } });
    const first = await page();
    const second = await page(first.nextCursor ?? undefined);
    const ids = [...first.quarantined, ...second.quarantined].map((each) => each.quarantineId);
    expect([first.total, new Set(ids).size, second.nextCursor]).toEqual([4, 4, null]);
    expect((await list({ reason: "not_in_format" })).total).toBe(1);
    const [one] = (await list({ reason: "required_field_missing" })).quarantined;
    await configure(loose);
    await replay({ ids: [one?.quarantineId ?? ""] });
    expect([(await list({ replayed: false })).total, (await list({ replayed: true })).total]).toEqual([3, 1]);
  });
});

describe("replaying", () => {
  it("by the rules as they are now: what is a failure now is counted once, however often", async () => {
    await configure(strict);
    await read(error("no route"), error("no route"));
    expect(await replay()).toMatchObject({ submitted: 0, stillQuarantined: 2 });
    await configure(loose);
    const done = await replay();
    expect(done).toMatchObject({
      submitted: 2,
      alreadyCounted: 0,
      stillQuarantined: 0,
      dropped: 0,
      more: false,
    });
    expect(new Set(done.results.map((each) => each.incidentId)).size).toBe(1);
    expect(await replay()).toMatchObject({ submitted: 0, results: [] });
    const ids = done.results.map((each) => each.quarantineId);
    expect(await replay({ ids })).toMatchObject({ submitted: 0, alreadyCounted: 2 });
    expect(await counted()).toBe(2);
    expect(await ground.db.prisma.logQuarantine.findMany({ where: { sourceId: own() } })).toMatchObject(
      Array(2).fill({ replayedBy: { kind: "user", id: "user-admin" } }),
    );
  });

  it("from the log where it still holds them, else from what was kept", async () => {
    await configure(strict);
    const long = "x".repeat(12_000);
    await read(error("kept whole", { detail: long }));
    await configure(loose);
    expect(await replay({ all: true, dryRun: true })).toMatchObject({ submitted: 1 });
    renameSync(ground.pathOf(log()), ground.pathOf(`gone-${own()}`));
    await ground.db.prisma.logQuarantine.updateMany({
      where: { sourceId: own() },
      data: { excerpt: [error("kept in short")] },
    });
    await replay();
    expect(await ground.db.prisma.incident.findFirst({ where: { logSourceId: own() } })).toMatchObject({
      title: "kept in short",
    });
  });

  it("what is no failure any more is settled without a record; what is unknown is told", async () => {
    await configure(strict);
    await read(error("health check failed"));
    await configure({ reading: { ignorePatterns: ["health check"] } });
    const [one] = (await list()).quarantined;
    const done = await replay({ ids: [one?.quarantineId ?? "", "nobody"] });
    expect(done.results.map((each) => each.outcome)).toEqual(["dropped", "not_found"]);
    expect([await counted(), (await list({ replayed: false })).total]).toEqual([0, 0]);
  });

  it("a line that the tail counts again after a reset is not counted twice", async () => {
    await configure(strict);
    await read(error("once"));
    await configure(loose);
    await replay();
    await resetLogSource(ground.as(), names());
    await read();
    expect(await counted()).toBe(1);
  });

  it("a dry run tells the same and changes nothing", async () => {
    await configure(strict);
    await read(error("one"), error("two"));
    await configure(loose);
    const before = await entries();
    expect(await replay({ all: true, dryRun: true })).toMatchObject({ dryRun: true, submitted: 2 });
    expect([await counted(), (await list({ replayed: false })).total]).toEqual([0, 2]);
    expect(await entries()).toEqual(before);
  });

  it.each([
    ["neither ids nor all", { ids: null, all: false }],
    ["both", { ids: ["x"], all: true }],
  ])("%s is refused", async (_, choice) => {
    await configure(loose);
    expect(await refusal(replay(choice))).toMatchObject({
      ...{ kind: "invalid", reason: "quarantine_choice_invalid", context: { field: "ids" } },
    });
  });

  it("is on record; who may not configure may look but not replay", async () => {
    await configure(strict);
    await read(error("aside"));
    await replay();
    expect((await entries()).at(-1)).toMatchObject({
      ...{ action: "incident_monitor.log_source.quarantine_replayed", actorKey: "user:user-admin" },
      detail: { replayed: 1, submitted: 0, settled: 0 },
    });
    expect(await refusal(replay({ all: true }, actors.viewer()))).toMatchObject({ kind: "forbidden" });
    const viewer = ground.as(actors.viewer());
    expect((await listQuarantine(viewer, { ...names(), filter: {}, page: { limit: 5 } })).total).toBe(1);
    const stranger = ground.as(actors.projectMember({ other: "viewer" }));
    const hidden = listQuarantine(stranger, { ...names(), filter: {}, page: { limit: 5 } });
    expect(await refusal(hidden)).toMatchObject({ kind: "not_found", reason: "log_source_not_found" });
  });
});
