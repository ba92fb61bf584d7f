import { renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { readReleases } from "@/lib/db/release-store";
import { createLogGround, type LogGround } from "@/lib/testing/log-ground";

let ground: LogGround;
let serial = 0;
/** A source of this test alone, and its log. */
const own = () => `tail-${serial}`;
const log = () => `${own()}.log`;

beforeAll(async () => {
  ground = await createLogGround();
});
afterAll(() => ground.close());
afterEach(() => {
  serial += 1;
});

type Source = Parameters<LogGround["configure"]>[0][number];
const configure = (source: Source = {}, project: Parameters<LogGround["configure"]>[1] = {}) =>
  ground.configure([{ sourceId: own(), path: log(), ...source }], project);

/** Read to the end by a reader of its own, as after a restart. */
async function readToEnd() {
  const tail = await ground.open(own());
  const windows = await ground.readOn(tail);
  await tail.close();
  return windows;
}

/** Those of one window may be of one millisecond: then by title. */
const incidents = (sourceId = own()) =>
  ground.db.prisma.incident.findMany({
    where: { logSourceId: sourceId },
    orderBy: [{ createdAt: "asc" }, { title: "asc" }],
  });
const titles = async () => (await incidents()).map((each) => each.title);
/** What was counted, in the order of the log. */
async function countedLines(): Promise<string[]> {
  const { rows } = await ground.db.pool.query(
    `SELECT sighting->>'message' AS message FROM occurrences WHERE log_source_id = $1
     ORDER BY (sighting->>'generation')::int, (sighting->>'offset_start')::int`,
    [own()],
  );
  return rows.map((row) => row.message);
}
const error = (message: string, more: Record<string, unknown> = {}) =>
  JSON.stringify({ level: "error", message, ...more });

describe("where reading begins", () => {
  it("case 44: at the end; what is appended is one incident and one draft with the source's binding", async () => {
    await configure(
      { startPosition: "end", approvalPolicy: "always" },
      {
        ...{ tenantId: "acme", workspaceId: "main", defaultRouteTags: ["shop"], sourceKind: "ci" },
        ...{ allowedDestinationIds: ["local"], defaultDestinationIds: ["local"] },
      },
    );
    ground.append(log(), error("of yesterday"));
    await readToEnd();
    expect(await incidents()).toEqual([]);
    ground.append(log(), error("of today"), error("of today"));
    await readToEnd();
    const [incident, ...others] = await incidents();
    expect(others).toEqual([]);
    const binding = {
      ...{ repo: "acme/shop", projectId: "shop", logSourceId: own(), sourceKind: "ci", routeTags: ["shop"] },
      ...{
        allowedDestinationIds: ["local"],
        defaultDestinationIds: ["local"],
        sourceApprovalPolicy: "always",
      },
    };
    expect(incident).toMatchObject({ ...binding, workspaceRoot: ground.root, occurrenceCount: 2 });
    expect(await ground.db.prisma.draft.findMany({ where: { incidentId: incident?.id } })).toMatchObject([
      { ...binding, approval: "required", attributes: { tenantId: "acme", workspaceId: "main" } },
    ]);
  });

  it("the releases that lines name are the incident's", async () => {
    await configure({ startPosition: "beginning" });
    const inRelease = (version: string) => error("no total", { service: { name: "cart", version } });
    ground.append(log(), inRelease("4.1.0"), inRelease("4.2.0"), error("no total", { service: "cart" }));
    await readToEnd();
    const [incident, ...others] = await incidents();
    expect(others).toEqual([]);
    expect(incident).toMatchObject({ occurrenceCount: 3 });
    const releases = await readReleases(ground.db, [incident?.id ?? ""]);
    expect(releases.map(({ release }) => release)).toEqual(["4.1.0", "4.2.0"]);
  });

  it("case 45: a missing file is unhealthy; once there, an end source skips what it holds and reads what follows", async () => {
    await configure({ startPosition: "end" });
    expect(await readToEnd()).toMatchObject([{ kind: "error", code: "not_found" }]);
    expect(await ground.state(own())).toMatchObject({
      errorCode: "not_found",
      consecutiveErrors: 1,
      position: null,
    });
    await readToEnd();
    expect(await ground.state(own())).toMatchObject({ consecutiveErrors: 2 });
    ground.append(log(), error("before it was seen"));
    await readToEnd();
    expect(await ground.state(own())).toMatchObject({ errorCode: null, consecutiveErrors: 0 });
    ground.append(log(), error("afterwards"));
    await readToEnd();
    expect(await countedLines()).toEqual(["afterwards"]);
  });

  it("and goes on where it was, whoever reads: nothing twice, nothing left out", async () => {
    await configure();
    for (const nth of [1, 2, 3]) {
      ground.append(log(), error(`number ${nth}`));
      await readToEnd();
    }
    expect(await countedLines()).toEqual(["number 1", "number 2", "number 3"]);
  });
});

it("case 49: more candidates than the cap: exactly the cap at first, and the rest follows without loss", async () => {
  await configure({ maxCandidatesPerPoll: 5 });
  ground.append(log(), ...Array.from({ length: 23 }, (_, at) => error(`order ${at} failed`)));
  const tail = await ground.open(own());
  expect(await tail.read()).toMatchObject({ kind: "window", behind: true });
  expect(tail.foundCount).toBe(5);
  await ground.record(tail);
  const { position, fileSize } = await ground.state(own());
  expect(position?.offset).toBeLessThan(fileSize ?? 0);
  expect(await countedLines()).toHaveLength(5);
  await ground.readOn(tail);
  await tail.close();
  expect(await countedLines()).toEqual(Array.from({ length: 23 }, (_, at) => `order ${at} failed`));
  expect(await ground.state(own())).toMatchObject({ lagBytes: 0, behindSinceMs: null, totalSubmitted: 23 });
});

describe("what a line says", () => {
  it("case 50: message and stack are in the excerpt; the fingerprint is of project and source", async () => {
    await configure({ format: "json" });
    const stack = "TypeError: no total\n    at sum (/srv/app/sum.js:10:4)\n    at run (/srv/app/run.js:3:1)";
    ground.append(log(), error("no total", { stack, component: "sums" }));
    await readToEnd();
    const [incident] = await incidents();
    expect(incident?.excerpt[0]).toBe("no total");
    expect(incident?.excerpt.join("\n")).toContain("at sum (/srv/app/sum.js:10:4)");
    expect(incident?.scopeKey).toBe(`project:shop/source:${own()}`);
  });

  it("case 51: safety fields are read, masked and cut on a character boundary with the mark", async () => {
    await configure({ format: "json" });
    const fields = {
      ...{ actor: "agent-7", model: "m-1", tool_name: "shell", policy: `token=${"q9".repeat(20)}` },
      ...{ action: "ü".repeat(300), blast_radius: "one tenant", risk_category: "data_loss" },
    };
    ground.append(log(), error("the agent went too far", fields));
    await readToEnd();
    const [incident] = await incidents();
    const attributes = incident?.attributes as Record<string, string>;
    expect(attributes).toMatchObject({
      actor: "agent-7",
      model: "m-1",
      toolName: "shell",
      blastRadius: "one tenant",
    });
    expect(incident?.riskCategory).toBe("data_loss");
    expect(attributes.policy).not.toContain("q9q9");
    expect(attributes.action).toMatch(/^ü+\.\.\.<truncated>$/);
  });

  it("case 52: a plaintext error with an indented frame is one failure, and its token is masked", async () => {
    await configure({ format: "plaintext" });
    const token = "s3cr3tZx9Qw7Er5Ty3Ui1Op8";
    ground.append(
      log(),
      `ERROR payment refused token=${token}`,
      "    at pay (/srv/app/pay.js:1:1)",
      "INFO done",
    );
    await readToEnd();
    const [incident, ...others] = await incidents();
    expect(others).toEqual([]);
    expect(incident).toMatchObject({ occurrenceCount: 1 });
    expect(incident?.excerpt).toHaveLength(2);
    expect(JSON.stringify(incident)).not.toContain(token);
  });

  it("case 53: an unterminated last line is nothing yet, and kept with where it begins", async () => {
    await configure();
    ground.append(log(), error("whole"));
    const half = error("in two pieces");
    writeFileSync(ground.pathOf(log()), half.slice(0, 20), { flag: "a" });
    await readToEnd();
    const begin = error("whole").length + 1;
    expect(await countedLines()).toEqual(["whole"]);
    expect(await ground.state(own())).toMatchObject({ position: { offset: begin }, openOffset: begin });
    writeFileSync(ground.pathOf(log()), `${half.slice(20)}\n`, { flag: "a" });
    await readToEnd();
    expect(await countedLines()).toEqual(["whole", "in two pieces"]);
    expect((await ground.state(own())).openOffset).toBeNull();
  });

  it("case 54: the same fingerprint from two sources is two incidents and two drafts", async () => {
    const [left, right] = [`${own()}-a`, `${own()}-b`];
    await ground.configure([left, right].map((sourceId) => ({ sourceId, path: `${sourceId}.log` })));
    for (const sourceId of [left, right]) {
      ground.append(`${sourceId}.log`, error("shared", { fingerprint: "checkout-total" }));
      const tail = await ground.open(sourceId);
      await ground.readOn(tail);
      await tail.close();
    }
    const found = [...(await incidents(left)), ...(await incidents(right))];
    expect(found.map((each) => each.wireFingerprint)).toEqual(["checkout-total", "checkout-total"]);
    expect(new Set(found.map((each) => each.draftId)).size).toBe(2);
  });

  it("case 56: info, and no level at all, are nothing where errors are asked for", async () => {
    await configure({ format: "json", minimumLevel: "error" });
    ground.append(log(), '{"level":"info","message":"fine"}', '{"message":"levelless"}', error("bad"));
    await readToEnd();
    expect(await countedLines()).toEqual(["bad"]);
    expect(await ground.state(own())).toMatchObject({ totalLines: 3, totalCandidates: 1 });
  });

  it("case 59: a title cut inside a character of many bytes stops nobody", async () => {
    await configure();
    const long = `${"a".repeat(197)}€ 🙂 ${"ß".repeat(200)}`;
    ground.append(log(), error(long), error("the next"));
    await readToEnd();
    const [first, second] = await titles();
    expect(first?.isWellFormed()).toBe(true);
    expect(first).toContain("a".repeat(150));
    expect(second).toContain("the next");
  });

  it("case 61: a cap never skips a plaintext failure that stands before structured ones", async () => {
    await configure({ format: "auto", maxCandidatesPerPoll: 2 });
    ground.append(log(), "ERROR plain 1", error("json 1"), "ERROR plain 2", error("json 2"), "ERROR plain 3");
    const tail = await ground.open(own());
    await tail.read();
    await ground.record(tail);
    expect(await countedLines()).toEqual([expect.stringContaining("plain 1"), "json 1"]);
    await ground.readOn(tail);
    await tail.close();
    expect((await countedLines()).map((each) => each.replace(/^ERROR /, ""))).toEqual([
      ...["plain 1", "json 1", "plain 2", "json 2", "plain 3"],
    ]);
  });
});

describe("case 55 as corrected (W-17): rotation", () => {
  it("reads the moved file to its end before the new one, and counts the same offsets apart", async () => {
    await configure();
    ground.append(log(), error("old 1"));
    const tail = await ground.open(own());
    await ground.readOn(tail);
    ground.append(log(), error("old 2"));
    renameSync(ground.pathOf(log()), ground.pathOf(`${log()}.1`));
    ground.append(log(), error("new 1"));
    ground.clock.aheadMs += 2_000;
    await ground.readOn(tail);
    await tail.close();
    expect(await countedLines()).toEqual(["old 1", "old 2", "new 1"]);
    expect(await ground.state(own())).toMatchObject({ position: { generation: 1 }, errorCode: null });
  });

  it("starts anew where the file was cut, also when it has grown past the offset since", async () => {
    await configure();
    ground.append(log(), error("old"));
    await readToEnd();
    truncateSync(ground.pathOf(log()));
    ground.append(
      log(),
      error("short"),
      ...Array.from({ length: 5 }, (_, at) => error(`longer than before ${at}`)),
    );
    await readToEnd();
    expect(await countedLines()).toHaveLength(7);
    expect((await ground.state(own())).position?.generation).toBe(1);
  });

  it("drops the piece of a line that the cut file ended with", async () => {
    await configure();
    writeFileSync(ground.pathOf(log()), '{"level":"error","message":"never');
    await readToEnd();
    writeFileSync(ground.pathOf(log()), `${error("fresh")}\n`);
    await readToEnd();
    expect(await countedLines()).toEqual(["fresh"]);
  });

  it("says what was lost when a rotated file is gone before its end was read", async () => {
    await configure();
    ground.append(log(), error("seen"));
    await readToEnd();
    ground.append(log(), error("never seen"));
    rmSync(ground.pathOf(log()));
    ground.append(log(), error("after"));
    await readToEnd();
    expect(await countedLines()).toEqual(["seen", "after"]);
    expect(await ground.state(own())).toMatchObject({ errorCode: "rotated_file_lost", consecutiveErrors: 0 });
  });
});

describe("a source whose path is changed", () => {
  it("begins with the other file as a new source does, and counts its lines apart", async () => {
    await configure({ startPosition: "beginning" });
    ground.append(log(), error("of the first"), error("of the first"));
    await readToEnd();
    await configure({ path: `other/${log()}` });
    await readToEnd();
    expect(await ground.state(own())).toMatchObject({ path: log(), errorCode: "not_found" });
    ground.append(`other/${log()}`, error("of the other"), error("of the other"));
    await readToEnd();
    await readToEnd();
    const { position, path } = await ground.state(own());
    expect(await countedLines()).toEqual([
      ...["of the first", "of the first"],
      ...["of the other", "of the other"],
    ]);
    expect({ path, generation: position?.generation }).toEqual({ path: `other/${log()}`, generation: 1 });
    ground.append(`other/${log()}`, error("more"));
    await readToEnd();
    expect((await countedLines()).at(-1)).toBe("more");
  });

  it("goes on in the same file, when it is the same file by another path", async () => {
    await configure({ startPosition: "end" });
    ground.append(log(), error("history"));
    await readToEnd();
    ground.append(log(), error("meanwhile"));
    await configure({ startPosition: "end", path: ground.pathOf(log()) });
    await readToEnd();
    expect(await countedLines()).toEqual(["meanwhile"]);
    expect(await ground.state(own())).toMatchObject({
      path: ground.pathOf(log()),
      position: { generation: 0 },
    });
  });
});

it("a link that leads out of the root is refused, said, and read again once it leads inside", async () => {
  await configure();
  symlinkSync("/etc/hostname", ground.pathOf(log()));
  expect(await readToEnd()).toMatchObject([{ kind: "error" }]);
  expect((await ground.state(own())).errorCode).toMatch(/^(?:outside_root|symlink_refused)$/);
  rmSync(ground.pathOf(log()));
  ground.append(log(), error("inside"));
  await readToEnd();
  expect(await countedLines()).toEqual(["inside"]);
  expect((await ground.state(own())).errorCode).toBeNull();
});

it("a line that names its own fingerprint is an incident of that name on the wire", async () => {
  await configure();
  ground.append(log(), error("anything", { fingerprint: "service:checkout:total" }));
  await readToEnd();
  expect((await incidents())[0]?.wireFingerprint).toBe("service:checkout:total");
});

it("a window that could not be written is written later, and read no further meanwhile", async () => {
  await configure();
  ground.append(log(), error("one"), error("two"));
  const tail = await ground.open(own());
  while (tail.foundCount < 2) {
    await tail.read();
    ground.clock.aheadMs += 1_000;
  }
  const first = tail.toRecord();
  expect(tail.toRecord()).toEqual(first);
  await ground.record(tail);
  expect(tail.foundCount).toBe(0);
  await tail.close();
  expect(await countedLines()).toEqual(["one", "two"]);
});
