import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { refusal } from "@/lib/testing/config-database";
import { actors } from "@/lib/testing/context";
import { createLogGround, type LogGround } from "@/lib/testing/log-ground";
import { browseLogs, listAllowedRoots } from "./browse-logs";
import { type PreviewLogSourceInput, previewLogSource } from "./preview-log-source";

let ground: LogGround;
beforeAll(async () => {
  ground = await createLogGround();
});
afterAll(() => ground.close());

const preview = (input: Partial<PreviewLogSourceInput> = {}, actor = actors.admin()) =>
  previewLogSource(ground.as(actor), { workspaceRoot: ground.root, path: "api.log", ...input });
const error = (message: string, more = {}) => JSON.stringify({ level: "error", message, ...more });
const rows = async () => {
  const tables = [
    "incidents",
    "occurrences",
    "drafts",
    "log_source_states",
    "log_quarantine",
    "audit_entries",
  ];
  const counts = tables.map((table) => `SELECT '${table}' AS t, count(*)::int AS n FROM ${table}`);
  return (await ground.db.pool.query(`${counts.join(" UNION ALL ")} ORDER BY 1`)).rows;
};

describe("a log that nobody watches yet", () => {
  it("its last lines as they would be read, and the incidents they would be; nothing is written", async () => {
    ground.append(
      "api.log",
      JSON.stringify({ level: "info", msg: "started", service: "pay" }),
      JSON.stringify({
        level: "error",
        msg: "order 17 failed",
        service: "pay",
        time: "2026-06-29T11:00:00Z",
      }),
      JSON.stringify({ level: "error", msg: "order 18 failed", service: "pay" }),
      JSON.stringify({ level: "error", msg: "no route to host", fingerprint: "net-1", risk_level: "high" }),
    );
    const before = await rows();
    const shown = await preview({ projectId: "new", sourceId: "api" });
    expect(await rows()).toEqual(before);
    expect(shown).toMatchObject({ path: "api.log", detectedFormat: "json", fileSize: expect.any(Number) });
    expect(shown.lines.map((line) => [line.verdict, line.candidate, line.level])).toEqual([
      ["below_level", null, "info"],
      ["candidate", 0, "error"],
      ["candidate", 0, "error"],
      ["candidate", 1, "error"],
    ]);
    expect(shown.lines[1]).toMatchObject({
      ...{ message: "order 17 failed", component: "pay", format: "json" },
      occurredAtMs: Date.parse("2026-06-29T11:00:00Z"),
    });
    expect(shown.candidates).toMatchObject([
      { occurrences: 2, component: "pay", riskLevel: "medium", incidentId: null },
      { occurrences: 1, wireFingerprint: "net-1", riskLevel: "high", incidentId: null },
    ]);
    const found = Object.fromEntries(shown.foundFields.map((each) => [each.field, each.key]));
    expect(found).toMatchObject({
      level: "level",
      message: "msg",
      component: "service",
      fingerprint: "fingerprint",
    });
  });

  it("only as many lines as asked for; the newest", async () => {
    ground.append("long.log", ...Array.from({ length: 90 }, (_, nth) => error(`number ${nth}`)));
    expect((await preview({ path: "long.log" })).lines).toHaveLength(50);
    const { lines } = await preview({ path: "long.log", lines: 2 });
    expect(lines.map((line) => line.message)).toEqual(["number 88", "number 89"]);
  });

  it("with the settings that it is asked with: level, mapping, patterns, quarantine", async () => {
    ground.append(
      "other.log",
      '{"lvl":"warn","text":"slow"}',
      "!! odd",
      '{"lvl":"error","text":"health check"}',
    );
    const path = "other.log";
    const verdicts = async (input: Partial<PreviewLogSourceInput>) =>
      (await preview({ path, ...input })).lines.map((line) => line.verdict);
    expect(await verdicts({})).toEqual(["below_level", "below_level", "candidate"]);
    expect(await verdicts({ minimumLevel: "warn" })).toEqual(["candidate", "below_level", "candidate"]);
    expect(await verdicts({ reading: { triggerPatterns: ["^!! "] } })).toEqual([
      ...["below_level", "candidate", "candidate"],
    ]);
    expect(await verdicts({ reading: { ignorePatterns: ["health"] } })).toEqual([
      ...["below_level", "below_level", "ignored"],
    ]);
    expect(await verdicts({ reading: { requiredFields: ["component"] } })).toEqual([
      ...["below_level", "below_level", "quarantined"],
    ]);
    expect(await verdicts({ format: "json" })).toEqual(["below_level", "not_a_record", "candidate"]);
    const mapped = await preview({ path, reading: { fieldMapping: { message: ["text"] } } });
    expect(mapped.candidates[0]?.title).toBe("health check");
  });

  it("shows no secret, in no field", async () => {
    const token = ["ghp_", "R7kq2Vx9Lm4Tz8Wb3Nc6Hd1Jf5Gs0PyQaEiU"].join("");
    ground.append("secret.log", error(`push refused for ${token}`, { component: token }), `INFO ${token}`);
    const shown = await preview({ path: "secret.log" });
    expect(JSON.stringify(shown)).not.toContain(token.slice(4, 16));
    expect(shown.lines[0]?.text).toContain("[redacted:");
  });

  it("names the live incident that lines would be counted for, of this source and no other", async () => {
    await ground.configure([{ sourceId: "known", path: "known.log" }]);
    ground.append("known.log", error("seen before"));
    const tail = await ground.open("known");
    await ground.readOn(tail);
    await tail.close();
    const incident = await ground.db.prisma.incident.findFirstOrThrow({ where: { logSourceId: "known" } });
    const idOf = async (input: Partial<PreviewLogSourceInput>) =>
      (await preview({ path: "known.log", ...input })).candidates[0]?.incidentId;
    expect(await idOf({ projectId: "shop", sourceId: "known" })).toBe(incident.id);
    expect(await idOf({ projectId: "shop", sourceId: "another" })).toBeNull();
    expect(await idOf({})).toBeNull();
  });
});

describe("refused", () => {
  it.each<[string, Partial<PreviewLogSourceInput>, string, string, string]>([
    ["a file that is not there", { path: "none.log" }, "not_found", "log_file_not_found", "not_found"],
    [
      "a path out of the root",
      { path: "../../etc/passwd" },
      "invalid",
      "log_file_unreadable",
      "outside_root",
    ],
    [
      "a root that this host does not allow",
      { workspaceRoot: "/etc", path: "passwd" },
      "invalid",
      "log_file_unreadable",
      "root_not_allowed",
    ],
    ["a folder", { path: "." }, "invalid", "log_file_unreadable", "not_a_file"],
  ])("%s", async (_, input, kind, reason, code) => {
    expect(await refusal(preview(input))).toMatchObject({ kind, reason, context: { error_code: code } });
  });

  it("settings that would not be saved, naming the field", async () => {
    const error = await refusal(preview({ reading: { ignorePatterns: ["("], maxLineBytes: 1 } }));
    expect(error).toMatchObject({
      ...{ kind: "invalid", reason: "log_preview_invalid" },
      context: {
        field: "reading.ignore_patterns[0]",
        issues: [{ code: "pattern_invalid" }, { code: "out_of_range" }],
      },
    });
  });

  it.each([
    ["a viewer", actors.viewer()],
    ["an approver", actors.approver()],
    ["the admin of one project", actors.projectMember({ shop: "admin" })],
  ])("%s may neither look into files nor into folders", async (_, actor) => {
    expect((await refusal(preview({}, actor))).kind).toBe("forbidden");
    const ctx = ground.as(actor);
    expect((await refusal(browseLogs(ctx, { root: ground.folder, path: "" }))).kind).toBe("forbidden");
    expect((await refusal(listAllowedRoots(ctx))).kind).toBe("forbidden");
  });
});

describe("folders", () => {
  it("what lies in one, folders first; what cannot be a source says why", async () => {
    mkdirSync(join(ground.root, "sub"), { recursive: true });
    symlinkSync("/etc/hostname", join(ground.root, "outside.log"));
    ground.append("listed.log", "x");
    const { root, path, entries } = await browseLogs(ground.as(), {
      root: `${ground.folder}/`,
      path: "shop",
    });
    expect([root, path, entries[0]?.kind]).toEqual([ground.folder, "shop", "directory"]);
    const byName = new Map(entries.map((each) => [each.name, each]));
    expect(byName.get("listed.log")).toMatchObject({ path: "shop/listed.log", kind: "file", size: 2 });
    expect(byName.get("outside.log")).toMatchObject({ kind: "refused", refusedBecause: expect.any(String) });
  });

  it.each([
    ["a folder that is no allowed root", "/etc", "", "invalid", "log_root_unknown"],
    ["a relative one", "etc", "", "invalid", "log_root_unknown"],
  ])("%s is refused", async (_, root, path, kind, reason) => {
    expect(await refusal(browseLogs(ground.as(), { root, path }))).toMatchObject({ kind, reason });
  });

  it("a way out of the root is refused, and one that is not there is 404", async () => {
    const at = (path: string) => refusal(browseLogs(ground.as(), { root: ground.folder, path }));
    expect(await at("../..")).toMatchObject({ reason: "log_folder_unreadable" });
    expect(await at("nowhere")).toMatchObject({ kind: "not_found", reason: "log_folder_not_found" });
  });

  it("the allowed roots, and which of them cannot be looked into", async () => {
    const ctx = ground.as();
    const services = { ...ctx.services, allowedRoots: [ground.folder, join(ground.folder, "missing")] };
    const roots = await listAllowedRoots({ ...ctx, services });
    expect(roots).toEqual([
      { path: ground.folder, readable: true, problem: null },
      { path: join(ground.folder, "missing"), readable: false, problem: expect.any(String) },
    ]);
  });
});
