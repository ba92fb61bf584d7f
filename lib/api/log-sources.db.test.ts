import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "@/lib/clock";
import { hearChanges } from "@/lib/pipeline/settings/subscribe-changes";
import { createTestApi, type TestApi } from "@/lib/testing/api";
import { actors, testContext } from "@/lib/testing/context";
import { startWatchLogSources } from "@/lib/workers/watch-log-sources";
import type { Worker } from "@/lib/workers/worker";

/* What a client meets, over the server's own front door, with a log that the product's own loop reads. */
let api: TestApi;
let folder: string;
let root: string;
let watcher: Worker | null = null;

const im = (path: string) => `/incident-monitor${path}`;
const get = (path: string, token?: string) => api.call("GET", im(path), { ...(token && { token }) });
const post = (path: string, body?: unknown, token?: string) =>
  api.call("POST", im(path), { ...(body !== undefined && { body }), ...(token && { token }) });
const error = (message: string, more = {}) => `${JSON.stringify({ level: "error", message, ...more })}\n`;
const append = (text: string, name = "api.log") => appendFileSync(join(root, name), text);
const soon = { timeout: 20_000, interval: 20 };
const source = "/log-sources/shop/api";

function watch(): void {
  const services = { allowedRoots: [folder] };
  watcher = startWatchLogSources({
    ...{ db: api.db, clock: systemClock, deliveryLeaseMs: 45_000, health: (read) => read() },
    context: (name) => testContext(api.db, actors.system(name), { nowMs: systemClock.nowMs(), services }),
    onChange: (hear) => hearChanges(api.db, hear),
  });
}

const health = async () => (await get(source)).body.source;
const counted = () => api.db.prisma.occurrence.count({ where: { logSourceId: "api" } });

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "incident-monitor-served-logs-")));
  root = join(folder, "shop");
  mkdirSync(root);
  api = await createTestApi({ allowedRoots: [folder] }, { over: "http" });
  const project = (project_id: string, log_sources: unknown[]) => ({
    ...{ project_id, name: project_id, repo: `acme/${project_id}`, workspace_root: root, log_sources },
  });
  const configured = await api.call("PATCH", "/config/incident-monitor", {
    body: {
      incident_monitor: {
        monitored_projects: [
          project("shop", [
            { source_id: "api", path: "api.log", start_position: "beginning" },
            {
              source_id: "web",
              path: "web.log",
              format: "json",
              start_position: "beginning",
              reading: { required_fields: ["component"] },
            },
          ]),
          project("other", [{ source_id: "api", path: "other.log" }]),
        ],
      },
    },
  });
  expect(configured.status, configured.text).toBe(200);
});
afterAll(async () => {
  await watcher?.stop();
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("before anything is read", () => {
  it("a source waits, and the health says what for", async () => {
    const { body } = await get("/log-sources?project=shop");
    expect([body.count, body.sources.map((each: { state: string }) => each.state)]).toEqual([
      2,
      ["waiting", "waiting"],
    ]);
    expect(body.sources[0]).toMatchObject({
      project_id: "shop",
      source_id: "api",
      watching: "none",
      offset: 0,
    });
    expect(body.sources[0].advice).toContain("worker");
    expect((await get("/status")).body.status.log_watcher.running).toBe(false);
  });

  it("replay-latest is 404, reset-offset is 200 though there is no file", async () => {
    const replay = await post(`${source}/replay-latest`);
    expect([replay.status, replay.body.code]).toEqual([404, "INCIDENT_MONITOR_LOG_SOURCE_REPLAY_NOT_FOUND"]);
    const reset = await post(`${source}/reset-offset`);
    expect(reset.status).toBe(200);
    expect(Object.keys(reset.body).sort()).toEqual(["dry_run", "project_id", "source_id", "state"]);
    expect(reset.body.state).not.toHaveProperty("inode");
  });
});

describe("a log that is read", () => {
  it("is healthy, with what was read of it; the contract's runtime row says the same (5.2)", async () => {
    append(error("order refused", { time: "2026-06-29T11:00:00Z" }));
    watch();
    await expect.poll(counted, soon).toBe(1);
    await expect.poll(async () => (await health()).state, soon).toBe("healthy");
    expect(await health()).toMatchObject({
      total_candidates: 1,
      total_submitted: 1,
      lag_bytes: 0,
      generation: 0,
    });
    const { log_watcher } = (await get("/status")).body.status;
    const row = log_watcher.sources.find(
      (each: { project_id: string; source_id: string }) =>
        each.project_id === "shop" && each.source_id === "api",
    );
    expect(log_watcher.running).toBe(true);
    expect(row).toMatchObject({
      project_id: "shop",
      path: "api.log",
      healthy: true,
      consecutive_errors: 0,
      total_submitted: 1,
    });
    expect(row.file_size).toBe(row.offset);
  });

  it("one that is not there is unreadable, says why and what to do, and is not healthy in the status", async () => {
    const state = async () => (await get("/log-sources/shop/web")).body.source;
    await expect.poll(async () => (await state()).state, soon).toBe("unreadable");
    expect(await state()).toMatchObject({ error_code: "not_found", last_error: expect.any(String) });
    expect((await state()).advice).toContain("path");
    const { status } = (await get("/status")).body;
    const row = status.log_watcher.sources.find((each: { source_id: string }) => each.source_id === "web");
    expect(row).toMatchObject({ healthy: false, last_error: expect.any(String) });
    const unreadable = (await get("/log-sources?state=unreadable")).body;
    expect(unreadable.sources.map((each: { source_id: string }) => each.source_id)).toContain("web");
    const [readiness] = status.source_readiness.filter(
      (each: { project_id: string; source_id?: string }) =>
        each.project_id === "shop" && each.source_id === "web",
    );
    const rules = readiness.findings.map((each: { rule_id: string }) => each.rule_id);
    expect(rules).toContain("source_runtime_unhealthy");
  });

  it("replay-latest answers the incident as it was and counts once more (case 48)", async () => {
    const dry = await post(`${source}/replay-latest?dry_run=true`);
    expect(dry.body).toMatchObject({
      dry_run: true,
      incident: { occurrence_count: 1 },
      plan: { offset_start: 0 },
    });
    const { status, body } = await post(`${source}/replay-latest`);
    expect([status, Object.keys(body).sort()]).toEqual([
      ...[200, ["draft", "dry_run", "incident", "plan", "project_id", "source_id"]],
    ]);
    expect([body.incident.occurrence_count, body.draft.occurrence_count]).toEqual([1, 2]);
    const id = body.incident.incident_id;
    expect((await get(`/incidents/${id}`)).body.incident.occurrence_count).toBe(2);
  });

  it("reset-offset answers the state at its beginning, and nothing is counted twice (case 47)", async () => {
    const dry = await post(`${source}/reset-offset?dry_run=true`);
    expect(dry.body.plan).toMatchObject({
      candidates: 1,
      already_counted: 1,
      new_incidents: 0,
      partial: false,
    });
    const { status, body } = await post(`${source}/reset-offset`);
    expect([status, body.project_id, body.source_id]).toEqual([200, "shop", "api"]);
    expect(body.state).toMatchObject({
      offset: 0,
      recent_fingerprints: {},
      consecutive_errors: 0,
      path: "api.log",
    });
    expect(body.state.positioned_at_ms).toBe(body.state.updated_at_ms);
    append(error("another one"));
    await expect.poll(counted, soon).toBe(3);
    await expect.poll(async () => (await health()).lag_bytes, soon).toBe(0);
    expect(await counted()).toBe(3);
  });

  it("backfill tells what it read of which file", async () => {
    const range = { from_ms: Date.parse("2026-06-29T00:00:00Z"), to_ms: Date.parse("2026-06-30T00:00:00Z") };
    const { status, body } = await post(`${source}/backfill?dry_run=true`, range);
    expect([status, body.dry_run]).toEqual([200, true]);
    expect(body).toMatchObject({
      candidates: 1,
      already_counted: 1,
      untimed: 1,
      files: [{ path: "api.log" }],
    });
    const refused = await post(`${source}/backfill`, { from_ms: 5, to_ms: 5 });
    expect([refused.status, refused.body.field]).toEqual([400, "to_ms"]);
    expect((await post(`${source}/backfill`, { from_ms: "x" })).status).toBe(422);
  });

  it("what is set aside is listed and replayed", async () => {
    append(error("no component"), "web.log");
    const waiting = async () => (await get("/log-sources/shop/web/quarantine?replayed=false")).body;
    await expect.poll(async () => (await waiting()).total, soon).toBeGreaterThan(0);
    expect((await waiting()).quarantined[0]).toMatchObject({
      reason: "required_field_missing",
      detail: "component",
    });
    const replayed = await post("/log-sources/shop/web/quarantine/replay", { all: true });
    expect([replayed.status, replayed.body.submitted]).toEqual([200, 0]);
    expect(replayed.body.still_quarantined).toBeGreaterThan(0);
    const neither = await post("/log-sources/shop/web/quarantine/replay", {});
    expect([neither.status, neither.body.field]).toEqual([400, "ids"]);
  });

  it("evidence by either reference of its incident, and by none for whom the project is hidden", async () => {
    const { incidents } = (await get("/incidents?source=api&limit=1")).body;
    const references: string[] = incidents[0].evidence_refs;
    expect(references).toHaveLength(2);
    for (const reference of references) {
      const { status, body } = await get(`/evidence?reference=${encodeURIComponent(reference)}`);
      expect([status, body.evidence.verified, body.evidence.project_id]).toEqual([200, true, "shop"]);
    }
    const wrong = await get(
      `/evidence?reference=${encodeURIComponent("tandem://incident-monitor/other/evidence/api/x.json")}`,
    );
    expect([wrong.status, wrong.body.code]).toEqual([404, "INCIDENT_MONITOR_EVIDENCE_NOT_FOUND"]);
    const malformed = await get("/evidence?reference=nothing");
    expect([malformed.status, malformed.body.field]).toEqual([400, "reference"]);
    expect((await get("/evidence")).status).toBe(400);
  });
});

describe("choosing a log", () => {
  it("roots, folders and a preview", async () => {
    expect((await get("/log-sources/roots")).body).toEqual({ roots: [{ path: folder, readable: true }] });
    const at = encodeURIComponent(folder);
    const { entries } = (await get(`/log-sources/browse?root=${at}&path=shop`)).body;
    expect(entries.map((each: { name: string }) => each.name)).toContain("api.log");
    const shown = await post("/log-sources/preview", {
      ...{ workspace_root: root, path: "api.log", project_id: "shop", source_id: "api", lines: 10 },
    });
    expect(shown.status, shown.text).toBe(200);
    expect(shown.body.preview.lines[0]).toMatchObject({ verdict: "candidate", candidate: 0, level: "error" });
    expect(shown.body.preview.candidates[0].incident_id).toEqual(expect.any(String));
  });

  it.each<[string, string, number, string]>([
    ["/log-sources/browse?root=/etc", "GET", 400, "INCIDENT_MONITOR_LOG_ROOT_UNKNOWN"],
    ["/log-sources/browse", "GET", 400, "VALIDATION_FAILED"],
  ])("%s is refused", async (path, method, status, code) => {
    const answer = await api.call(method, im(path));
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it("a preview of what may not be read names the field", async () => {
    const outside = await post("/log-sources/preview", { workspace_root: "/etc", path: "passwd" });
    expect([outside.status, outside.body.code, outside.body.field]).toEqual([
      ...[400, "INCIDENT_MONITOR_LOG_FILE_UNREADABLE", "workspace_root"],
    ]);
    const none = await post("/log-sources/preview", { workspace_root: root, path: "none.log" });
    expect([none.status, none.body.code]).toEqual([404, "INCIDENT_MONITOR_LOG_FILE_NOT_FOUND"]);
    const reading = { ignore_patterns: ["("] };
    const wrong = await post("/log-sources/preview", { workspace_root: root, path: "api.log", reading });
    expect([wrong.status, wrong.body.code, wrong.body.field]).toEqual([
      ...[400, "INCIDENT_MONITOR_LOG_PREVIEW_INVALID", "reading.ignore_patterns[0]"],
    ]);
  });
});

describe("who may", () => {
  const verbs = ["reset-offset", "replay-latest", "backfill", "quarantine/replay"];

  it.each(verbs)(
    "%s: 404 in the contract's code for what is not configured; 403 for tokens that may not",
    async (verb) => {
      const body =
        verb === "backfill" ? { from_ms: 1, to_ms: 2 } : verb === "quarantine/replay" ? { all: true } : {};
      for (const path of ["shop/nope", "nope/api"]) {
        const answer = await post(`/log-sources/${path}/${verb}`, body);
        expect([answer.status, answer.body.code]).toEqual([404, "INCIDENT_MONITOR_LOG_SOURCE_NOT_FOUND"]);
      }
      for (const token of [api.tokens.service, api.tokens.agent]) {
        expect((await post(`${source}/${verb}`, body, token)).status).toBe(403);
      }
    },
  );

  it("reading how they stand takes no more than reading", async () => {
    expect((await get("/log-sources", api.tokens.agent)).status).toBe(200);
    expect((await get(`${source}/quarantine`, api.tokens.agent)).status).toBe(200);
    expect((await get("/log-sources/roots", api.tokens.agent)).status).toBe(403);
  });
});
