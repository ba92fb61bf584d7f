import { renameSync, symlinkSync, truncateSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { refusal } from "@/lib/testing/config-database";
import { actors } from "@/lib/testing/context";
import { createLogGround, type LogGround } from "@/lib/testing/log-ground";
import { resetLogSource } from "./reset-log-source";

let ground: LogGround;
let serial = 0;
/** A source of this test alone, and its log. */
const own = () => `reset-${serial}`;
const log = () => `${own()}.log`;

beforeAll(async () => {
  ground = await createLogGround();
});
afterAll(() => ground.close());
afterEach(() => {
  serial += 1;
});

const configure = (source = {}, project = {}) =>
  ground.configure([{ sourceId: own(), path: log(), ...source }], project);
const error = (message: string) => JSON.stringify({ level: "error", message });
const names = () => ({ projectId: "shop", sourceId: own() });
const reset = (dryRun = false, actor = actors.admin()) =>
  resetLogSource(ground.as(actor), { ...names(), dryRun });

async function readToEnd(): Promise<void> {
  const tail = await ground.open(own());
  await ground.readOn(tail);
  await tail.close();
}

const counted = async () => ground.db.prisma.occurrence.count({ where: { logSourceId: own() } });
const entries = () =>
  ground.db.prisma.auditEntry.findMany({ where: { subjectId: `shop/${own()}` }, orderBy: { at: "asc" } });

describe("reading from the beginning again", () => {
  it("case 47: a source that began at the end reads from the start after a reset", async () => {
    await configure({ startPosition: "end" });
    ground.append(log(), error("of yesterday"), error("of the day before"));
    await readToEnd();
    expect(await counted()).toBe(0);
    const { state } = await reset();
    expect(state).toMatchObject({
      ...names(),
      path: log(),
      offset: 0,
      recentFingerprints: {},
      partialLine: null,
    });
    expect(state.positionedAtMs).toBe(state.updatedAtMs);
    await readToEnd();
    expect(await counted()).toBe(2);
  });

  it("counts no line twice, however often; what was appended since is counted once", async () => {
    await configure();
    ground.append(log(), error("first"), error("second"));
    await readToEnd();
    for (let round = 0; round < 3; round++) {
      await reset();
      await readToEnd();
    }
    ground.append(log(), error("third"));
    await readToEnd();
    expect(await counted()).toBe(3);
    expect(await ground.state(own())).toMatchObject({ position: { generation: 0 }, lagBytes: 0 });
  });

  it("ends errors, keeps the totals, and begins the cooldown anew", async () => {
    await configure();
    ground.append(log(), error("first"));
    await readToEnd();
    await ground.db.prisma.logSourceState.updateMany({
      where: { sourceId: own() },
      data: { consecutiveErrors: 4, lastError: "gone", errorCode: "io_error" },
    });
    const { totalBytesRead } = await ground.state(own());
    const { state } = await reset();
    expect(state).toMatchObject({
      consecutiveErrors: 0,
      lastError: null,
      totalBytesRead,
      totalCandidates: 1,
    });
    expect(await ground.state(own())).toMatchObject({
      ...{ consecutiveErrors: 0, errorCode: null, lastError: null, recentFingerprints: {} },
      ...{ totalBytesRead, lastPollAtMs: null },
    });
  });

  it("another file than the one that was read is a generation of its own: its lines count", async () => {
    await configure();
    ground.append(log(), error("of the old file"));
    await readToEnd();
    const before = (await ground.state(own())).position;
    renameSync(ground.pathOf(log()), ground.pathOf(`moved-${own()}`));
    ground.append(log(), error("of the old file"));
    await reset();
    expect((await ground.state(own())).position).toMatchObject({ generation: 1, offset: 0 });
    expect((await ground.state(own())).position?.fileId).not.toBe(before?.fileId);
    await readToEnd();
    expect(await counted()).toBe(2);
  });

  it("so is one that was cut and grew again past where it was read", async () => {
    await configure();
    ground.append(log(), error("short"));
    await readToEnd();
    truncateSync(ground.pathOf(log()));
    ground.append(log(), error("quite another line than there was"));
    await reset();
    expect((await ground.state(own())).position).toMatchObject({ generation: 1, offset: 0 });
  });
});

describe("against its reader", () => {
  it("a reader in the middle of it writes nothing more, and goes on from the beginning", async () => {
    await configure();
    ground.append(log(), error("first"));
    const tail = await ground.open(own());
    await ground.readOn(tail);
    ground.append(log(), error("second"));
    await tail.read();
    ground.clock.aheadMs += 1_000;
    await tail.read();
    await reset();
    expect(await ground.record(tail)).toEqual({ saved: false });
    await tail.close();
    expect((await ground.state(own())).position).toMatchObject({ offset: 0 });
    await readToEnd();
    expect(await counted()).toBe(2);
  });

  it("the running watcher hears of it and reads again", async () => {
    await configure({ startPosition: "end" });
    ground.append(log(), error("of yesterday"));
    const worker = ground.watch();
    const soon = { timeout: 20_000, interval: 20 };
    await expect
      .poll(async () => (await ground.state(own()).catch(() => null))?.positionedAtMs, soon)
      .toBeTruthy();
    await reset();
    await expect.poll(counted, soon).toBe(1);
    await worker.stop();
  });
});

describe("a dry run", () => {
  it("says what would be read and found, and changes nothing", async () => {
    await configure({ reading: { requiredFields: ["message"] } });
    ground.append(log(), error("known"), error("known"));
    await readToEnd();
    ground.append(
      log(),
      error("known"),
      error("brand new"),
      error("brand new"),
      '{"level":"error","code":7}',
    );
    const before = await ground.state(own());
    const { state, plan, dryRun } = await reset(true);
    expect([state.offset, dryRun]).toEqual([0, true]);
    expect(plan).toMatchObject({
      ...{
        ...names(),
        offsetStart: 0,
        lines: 6,
        candidates: 5,
        alreadyCounted: 2,
        merged: 2,
        newIncidents: 1,
      },
      ...{ quarantined: 1, partial: false },
    });
    expect(plan?.bytes).toBe(plan?.offsetEnd);
    expect(await ground.state(own())).toEqual(before);
    expect(await counted()).toBe(2);
    expect(await entries()).toEqual([]);
    await reset();
    await readToEnd();
    expect(await counted()).toBe(5);
  });

  it("has no plan where there is no file; the reset itself is no less allowed", async () => {
    await configure();
    expect(await reset(true)).toMatchObject({ plan: null, state: { inode: null, offset: 0 } });
    expect((await reset()).state).toMatchObject({ inode: null, offset: 0, consecutiveErrors: 0 });
    ground.append(log(), error("at last"));
    await readToEnd();
    expect(await counted()).toBe(1);
  });
});

describe("who and what", () => {
  it("is on record with who did it and where it stood", async () => {
    await configure();
    ground.append(log(), error("first"));
    await readToEnd();
    const { position } = await ground.state(own());
    await reset();
    const [entry, ...others] = await entries();
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      ...{ action: "incident_monitor.log_source.reset", outcome: "done", actorKey: "user:user-admin" },
      ...{ projectId: "shop", subjectKind: "log_source" },
      detail: {
        generation_before: 0,
        offset_before: position?.offset,
        generation: 0,
        file_size: position?.offset,
      },
    });
  });

  it.each([
    ["a viewer", actors.viewer()],
    ["an approver", actors.approver()],
    ["a service token", actors.serviceToken()],
    ["an agent token", actors.agentToken()],
  ])("%s may not, and the attempt is on record", async (_, actor) => {
    await configure();
    expect(await refusal(reset(false, actor as never))).toMatchObject({ kind: "forbidden" });
    expect(await entries()).toMatchObject([{ outcome: "denied", detail: { permission: "configure" } }]);
  });

  it("the admin of the project may; of another project it does not exist", async () => {
    await configure();
    expect((await reset(false, actors.projectMember({ shop: "admin" }))).state.offset).toBe(0);
    const other = reset(false, actors.projectMember({ other: "admin" }));
    expect(await refusal(other)).toMatchObject({ kind: "not_found", reason: "log_source_not_found" });
  });

  it.each<[string, () => void, string]>([
    [
      "a link that leads out of the root",
      () => symlinkSync("/etc/hostname", ground.pathOf(log())),
      "outside_root",
    ],
    ["a folder", () => ground.append(`${log()}/inside`, "x"), "not_a_file"],
  ])("%s is refused with why", async (_, make, code) => {
    await configure();
    make();
    expect(await refusal(reset())).toMatchObject({
      ...{ kind: "invalid", reason: "log_source_reset_failed" },
      context: {
        ...{ project_id: "shop", source_id: own() },
        error_code: expect.stringMatching(`${code}|symlink_refused`),
      },
    });
  });

  it("a root that this host does not allow is refused, whatever the configuration says (D-34)", async () => {
    await configure({}, { workspaceRoot: "/etc" });
    const error = await refusal(reset());
    expect(error).toMatchObject({
      reason: "log_source_reset_failed",
      context: { error_code: "root_not_allowed" },
    });
  });
});
