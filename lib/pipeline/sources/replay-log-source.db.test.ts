import { readFileSync, renameSync, truncateSync, writeFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { refusal } from "@/lib/testing/config-database";
import { actors } from "@/lib/testing/context";
import { createLogGround, type LogGround } from "@/lib/testing/log-ground";
import { replayLogSource } from "./replay-log-source";
import { resetLogSource } from "./reset-log-source";

let ground: LogGround;
let serial = 0;
/** A source of this test alone, and its log. */
const own = () => `replay-${serial}`;
const log = () => `${own()}.log`;

beforeAll(async () => {
  ground = await createLogGround();
});
afterAll(() => ground.close());
afterEach(() => {
  serial += 1;
});

const configure = (source = {}) => ground.configure([{ sourceId: own(), path: log(), ...source }]);
const error = (message: string) => JSON.stringify({ level: "error", message });
const names = () => ({ projectId: "shop", sourceId: own() });
const replay = (dryRun = false, actor = actors.admin()) =>
  replayLogSource(ground.as(actor), { ...names(), dryRun });

async function read(...lines: string[]): Promise<void> {
  ground.append(log(), ...lines);
  const tail = await ground.open(own());
  await ground.readOn(tail);
  await tail.close();
}

const occurrences = () =>
  ground.db.prisma.occurrence.findMany({ where: { logSourceId: own() }, orderBy: { receivedAt: "asc" } });
const entries = () =>
  ground.db.prisma.auditEntry.findMany({ where: { subjectId: `shop/${own()}` }, orderBy: { at: "asc" } });

describe("the newest failure again", () => {
  it("case 48: is the same incident, counted to 2; the answer has it as it was", async () => {
    await configure();
    await read(error("older"), error("newest"));
    const [, newest] = await occurrences();
    const { incident, draft, plan, dryRun } = await replay();
    expect([incident.title, incident.occurrenceCount, dryRun]).toEqual(["newest", 1, false]);
    expect(draft).toMatchObject({ draftId: incident.draftId, occurrenceCount: 2 });
    expect(plan).toMatchObject({
      ...names(),
      incidentId: incident.incidentId,
      title: "newest",
      excerpt: ["newest"],
    });
    expect(await ground.db.prisma.incident.findUnique({ where: { id: incident.incidentId } })).toMatchObject({
      occurrenceCount: 2,
    });
    const all = await occurrences();
    const sighting = all.at(-1);
    expect(all).toHaveLength(3);
    expect(sighting).toMatchObject({
      ...{ incidentId: incident.incidentId, provenance: "log_source", originKey: null },
      reporter: { kind: "user", id: "user-admin" },
      sighting: { offset_start: plan.offsetStart, offset_end: plan.offsetEnd, generation: 0 },
    });
    expect(newest?.originKey).toEqual(expect.any(String));
  });

  it("once more each time it is asked for", async () => {
    await configure();
    await read(error("again"));
    for (const count of [1, 2, 3]) expect((await replay()).incident.occurrenceCount).toBe(count);
    expect(await occurrences()).toHaveLength(4);
  });

  it("is not one of a rotated file that a backfill counted since", async () => {
    await configure();
    await read(error("of the log"));
    await ground.db.prisma.occurrence.create({
      data: {
        ...{ id: `backfilled-${own()}`, receivedAt: new Date(Date.now() + 60_000), provenance: "log_source" },
        ...{ projectId: "shop", logSourceId: own(), reporter: {} },
        incidentId: (await occurrences())[0]?.incidentId ?? "",
        sighting: { path: log(), inode: "1:1", generation: -1, offset_start: 5, offset_end: 9 },
      },
    });
    expect((await replay()).plan).toMatchObject({ offsetStart: 0, title: "of the log" });
  });

  it("takes a failure with its trace whole", async () => {
    await configure();
    await read(
      "2026-06-29 11:00:00 ERROR payment failed",
      "    at pay (/srv/pay.js:10:3)",
      "2026-06-29 11:00:01 INFO on",
    );
    const { plan, incident } = await replay();
    const text = readFileSync(ground.pathOf(log()), "utf8").slice(plan.offsetStart, plan.offsetEnd);
    expect(text).toContain("at pay");
    expect(text).not.toContain("INFO");
    expect((await occurrences()).map((each) => each.incidentId)).toEqual(Array(2).fill(incident.incidentId));
  });

  it("a dry run says which, and counts nothing", async () => {
    await configure();
    await read(error("only"));
    const tried = await replay(true);
    const [only] = await occurrences();
    expect(tried).toMatchObject({
      dryRun: true,
      incident: { occurrenceCount: 1 },
      draft: { occurrenceCount: 1 },
    });
    expect(tried.plan).toMatchObject({ occurrenceId: only?.id, receivedAtMs: only?.receivedAt.getTime() });
    expect(await occurrences()).toHaveLength(1);
    expect(await entries()).toEqual([]);
  });

  it("is on record with who did it", async () => {
    await configure();
    await read(error("on record"));
    const { plan } = await replay();
    expect(await entries()).toMatchObject([
      {
        ...{ action: "incident_monitor.log_source.replayed", outcome: "done", actorKey: "user:user-admin" },
        detail: {
          ...{ incident_id: plan.incidentId, occurrence_id: plan.occurrenceId, generation: 0 },
          ...{ offset_start: plan.offsetStart, offset_end: plan.offsetEnd },
        },
      },
    ]);
  });
});

describe("refused", () => {
  it("404 while nothing was counted, and once the incident was deleted", async () => {
    await configure();
    const nothing = { kind: "not_found", reason: "log_source_replay_not_found" };
    expect(await refusal(replay())).toMatchObject(nothing);
    await read(error("to be deleted"));
    await ground.db.prisma.incident.updateMany({
      where: { logSourceId: own() },
      data: { deletedAt: new Date() },
    });
    expect(await refusal(replay())).toMatchObject(nothing);
  });

  it.each<[string, () => void | Promise<void>, string]>([
    [
      "the file was rotated and another begun",
      () => {
        renameSync(ground.pathOf(log()), ground.pathOf(`${log()}.1`));
        ground.append(log(), error("newest"));
      },
      "file_changed",
    ],
    [
      "it was rotated and read on",
      async () => {
        renameSync(ground.pathOf(log()), ground.pathOf(`${log()}.1`));
        await read("2026-06-29 11:00:01 INFO nothing of note");
      },
      "file_changed",
    ],
    [
      "the file is gone",
      () => renameSync(ground.pathOf(log()), ground.pathOf(`gone-${own()}`)),
      "not_found|file_changed",
    ],
    ["the file is shorter", () => truncateSync(ground.pathOf(log()), 10), "file_changed"],
    [
      "it was written over, as long as before",
      () => {
        const path = ground.pathOf(log());
        writeFileSync(path, readFileSync(path, "utf8").replaceAll("newest", "altere"));
      },
      "file_changed",
    ],
    [
      "the source names another file now",
      async () => {
        ground.append("another.log", error("newest"));
        await configure({ path: "another.log" });
      },
      "path_changed",
    ],
    [
      "the line is no failure any more",
      () => configure({ reading: { ignorePatterns: ["newest"] } }),
      "not_a_failure",
    ],
    [
      "it would be another incident",
      () => configure({ reading: { fieldMapping: { message: ["other"] } } }),
      "identity_changed",
    ],
  ])("%s", async (_, change, why) => {
    await configure();
    await read(JSON.stringify({ level: "error", message: "newest", other: "something else" }));
    await change();
    const error = await refusal(replay());
    expect(error).toMatchObject({
      ...{ kind: "invalid", reason: "log_source_replay_failed" },
      context: {
        project_id: "shop",
        source_id: own(),
        why: expect.stringMatching(new RegExp(`^(?:${why})$`)),
      },
    });
    expect(await refusal(replay(true))).toMatchObject({ reason: "log_source_replay_failed" });
    expect(await occurrences()).toHaveLength(1);
  });

  it("after a reset nothing speaks for the bytes but themselves: the same line is still replayed", async () => {
    await configure();
    await read(error("stays"));
    await resetLogSource(ground.as(), names());
    expect((await replay()).incident.title).toBe("stays");
  });

  it("who may not configure may not replay, and is on record", async () => {
    await configure();
    await read(error("kept"));
    expect(await refusal(replay(false, actors.approver()))).toMatchObject({ kind: "forbidden" });
    expect(await entries()).toMatchObject([{ outcome: "denied" }]);
    expect(await occurrences()).toHaveLength(1);
  });
});
