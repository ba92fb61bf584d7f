import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiRoutes } from "@/lib/api/routes";
import { type Answer, createTestApi, type TestApi } from "@/lib/testing/api";
import { everyKeyOfConfig } from "@/lib/testing/configs";
import { testServices } from "@/lib/testing/context";
import { aDelivery, aDraftRow } from "@/lib/testing/records";
import { runWorkers } from "@/lib/workers/run-workers";
import type { Worker } from "@/lib/workers/worker";

/** The compatibility checklist of the wire contract (its section 12), row by row, against the running API. */
let api: TestApi;
let workers: Worker;
let serial = 0;

const im = (path: string) => `/incident-monitor${path}`;
const configPath = "/config/incident-monitor";
const get = (path: string, token?: string) => api.call("GET", path, token ? { token } : {});
const post = (path: string, body?: unknown) => api.call("POST", im(path), { body });
const patch = (incident_monitor: unknown) => api.call("PATCH", configPath, { body: { incident_monitor } });

const workable = {
  enabled: true,
  paused: false,
  destinations: [{ destination_id: "local", name: "Local", kind: "telemetry" }],
  default_destination_ids: ["local"],
  routes: [],
  require_approval_for_new_issues: false,
  safety_defaults: null,
  monitored_projects: [
    {
      ...{ project_id: "shop", name: "Shop", repo: "halden/shop", workspace_root: "/workspace/repos/shop" },
      log_sources: [{ source_id: "api", path: "logs/api.log" }],
    },
  ],
};

async function draftOf(fields: Record<string, unknown> = {}): Promise<string> {
  serial += 1;
  const report = { title: `Row ${serial}`, detail: "exit 1", event: "ci.failed", ...fields };
  const answer = await post("/report", { report: { fingerprint: `row-${serial}`, ...report } });
  expect(answer.status).toBe(200);
  return answer.body.draft.draft_id;
}

beforeAll(async () => {
  api = await createTestApi({}, { over: "http" });
  workers = runWorkers(api.db, testServices());
  expect((await patch(workable)).status).toBe(200);
});
afterAll(async () => {
  await workers.stop();
  await api.close();
});

describe("row 1: the configuration", () => {
  it("round-trips every key under its wrapper", async () => {
    const saved = await patch(everyKeyOfConfig);
    expect(saved.status).toBe(200);
    const read = await get(configPath);
    expect(read.body.incident_monitor).toEqual({
      ...everyKeyOfConfig,
      updated_at_ms: saved.body.incident_monitor.updated_at_ms,
    });
    // What GET answers can be sent back whole and changes nothing.
    const again = await patch(read.body.incident_monitor);
    const { updated_at_ms: _, ...kept } = again.body.incident_monitor;
    expect(kept).toEqual(everyKeyOfConfig);
  });

  it("merges at top level: what is absent stays (D-18); PUT is not offered", async () => {
    await patch({ repo: "acme/other" });
    const { incident_monitor } = (await get(configPath)).body;
    expect(incident_monitor.repo).toBe("acme/other");
    expect(incident_monitor.destinations).toEqual(everyKeyOfConfig.destinations);
    const put = await api.call("PUT", configPath, { body: { incident_monitor: {} } });
    expect([put.status, put.headers.get("allow")]).toEqual([405, "GET, PATCH, HEAD, OPTIONS"]);
    expect((await patch(workable)).status).toBe(200);
  });
});

describe("row 2: explicit nulls", () => {
  const nulls = (record: object, kept: Record<string, unknown>) => ({
    ...Object.fromEntries(Object.keys(record).map((key) => [key, null])),
    ...kept,
  });
  const [project] = everyKeyOfConfig.monitored_projects;
  const [destination] = everyKeyOfConfig.destinations;
  const [configuredRoute] = everyKeyOfConfig.routes;

  it.each(Object.keys({ ...everyKeyOfConfig, updated_at_ms: 0 }))("%s: null", async (key) => {
    const answer = await patch({ [key]: null });
    expect([answer.status, answer.body.error]).toEqual([200, undefined]);
  });

  it("every optional key of every row, as the Python client sends them", async () => {
    const logSource = nulls(project?.log_sources[0] ?? {}, { source_id: "api", path: "logs/api.log" });
    const answer = await patch({
      destinations: [nulls(destination ?? {}, { destination_id: "d", name: "D" })],
      routes: [nulls(configuredRoute ?? {}, { route_id: "r", name: "R" })],
      monitored_projects: [
        nulls(project ?? {}, {
          ...{
            project_id: "shop",
            name: "Shop",
            repo: "halden/shop",
            workspace_root: "/workspace/repos/shop",
          },
          log_sources: [{ ...logSource, data_readiness: nulls(project?.data_readiness ?? {}, {}) }],
        }),
      ],
      safety_defaults: nulls(everyKeyOfConfig.safety_defaults, {}),
      reassessment: nulls(everyKeyOfConfig.reassessment, {}),
    });
    expect([answer.status, answer.body.error]).toEqual([200, undefined]);
    expect(answer.body.incident_monitor.destinations[0]).toMatchObject({
      kind: "github_issue",
      enabled: true,
    });
    expect(answer.body.incident_monitor.routes[0].match_sources).toEqual([]);
    expect((await patch(workable)).status).toBe(200);
  });
});

it("row 3: each of the three headers is the token; 401 says AUTH_REQUIRED", async () => {
  const { admin } = api.tokens;
  const presented = [
    ["authorization", `Bearer ${admin}`],
    ["x-tandem-token", admin],
    ["x-agent-token", admin],
  ] as const;
  for (const [header, value] of presented) {
    const answer = await api.call("GET", im("/status"), { token: null, headers: { [header]: value } });
    expect([header, answer.status]).toEqual([header, 200]);
  }
  const without = await api.call("GET", im("/status"), { token: null });
  expect([without.status, without.body.code, without.body.retryable]).toEqual([401, "AUTH_REQUIRED", false]);
});

it("row 4: a scoped key opens intake and nothing else", async () => {
  const made = await post("/intake/keys", { project_id: "shop", name: "row 4" });
  const key = { "x-tandem-incident-monitor-intake-key": made.body.raw_key };
  const body = { project_id: "shop", source_id: "api", report: { title: "T", detail: "x", event: "e" } };
  const taken = await api.call("POST", im("/intake/report"), { token: null, headers: key, body });
  const bearer = await api.call("POST", im("/intake/report"), { token: made.body.raw_key, body });
  expect([taken.status, bearer.status]).toEqual([200, 200]);
  for (const route of apiRoutes.filter((each) => each.auth.kind === "actor")) {
    const path = route.path.replaceAll(/\{\w+\}/g, "x");
    const guarded = route.auth.kind === "actor" ? route.auth.adminCode : undefined;
    const method = route.method.toUpperCase();
    const alone = await api.call(method, path, { token: made.body.raw_key });
    const beside = await api.call(method, path, { token: null, headers: key });
    expect([path, alone.status, alone.body.code]).toEqual([path, 401, guarded ?? "AUTH_REQUIRED"]);
    expect([path, beside.status]).toEqual([path, guarded ? 403 : 401]);
  }
});

it("row 5: the seven posts without a body take an empty one that says it is JSON", async () => {
  const id = await draftOf();
  const { key } = (await post("/intake/keys", { project_id: "shop", name: "row 5" })).body;
  const paths: Array<[string, number]> = [
    ["/status/recompute", 200],
    ["/pause", 200],
    ["/resume", 200],
    [`/drafts/${id}/triage-run`, 200],
    [`/intake/keys/${key.key_id}/disable`, 200],
    ["/log-sources/shop/api/reset-offset", 200],
    // Nothing was read in it yet: refused for that, and not for the empty body.
    ["/log-sources/shop/api/replay-latest", 404],
  ];
  for (const [path, status] of paths) {
    const empty = await api.call("POST", im(path), { raw: "" });
    const none = await api.call("POST", im(path), { headers: { "content-type": "application/json" } });
    const bare = await api.call("POST", im(path));
    expect([path, empty.status, none.status, bare.status]).toEqual([path, status, status, status]);
  }
});

describe("row 6: lists", () => {
  const lists = ["incidents", "drafts", "posts"] as const;
  const times: Record<(typeof lists)[number], string> = {
    incidents: "updated_at_ms",
    drafts: "created_at_ms",
    posts: "updated_at_ms",
  };

  beforeAll(async () => {
    const from = Date.UTC(2026, 0, 1);
    for (let index = 0; index < 205; index += 1) {
      const at = new Date(from + ((index * 7919) % 100_000));
      const draft = await aDraftRow(api.db, { createdAt: at });
      await api.db.prisma.incident.update({ where: { id: draft.incidentId }, data: { updatedAt: at } });
      await aDelivery(api.db, { draftId: draft.id, state: "published", updatedAt: at, endedAt: at });
    }
  });

  it.each(lists)("%s: wrapper, count, 50 by default, 1 to 200, newest first", async (name) => {
    const limits: Array<[string, number]> = [
      ["", 50],
      ["?limit=0", 1],
      ["?limit=1", 1],
      ["?limit=200", 200],
      ["?limit=9999", 200],
    ];
    for (const [query, length] of limits) {
      const { body } = await get(im(`/${name}${query}`));
      expect([query, body[name].length, body.count]).toEqual([query, length, length]);
      const at: number[] = body[name].map((each: Record<string, number>) => each[times[name]]);
      expect(at).toEqual([...at].sort((left, right) => right - left));
    }
    for (const query of ["?limit=abc", "?limit=-1", "?limit=1.5"]) {
      const answer = await get(im(`/${name}${query}`));
      expect([query, answer.status, answer.body.field]).toEqual([query, 400, "limit"]);
    }
  });

  it("keys by project and name, all of them, without a count", async () => {
    for (const name of ["zeta", "alpha"]) await post("/intake/keys", { project_id: "shop", name });
    const { body } = await get(im("/intake/keys"));
    const names = body.keys.map((key: { name: string }) => key.name);
    expect(names).toEqual([...names].sort());
    expect(body).not.toHaveProperty("count");
  });
});

it("row 7: a route preview is at top level with its ten keys; {} is enough", async () => {
  const keys = [
    ...["matches", "destinations", "readiness", "source_readiness", "source_readiness_warnings"],
    ...["default_destination_ids", "effective_destination_ids", "approval_required", "blocked"],
    "blocked_reasons",
  ];
  for (const body of [{}, { risk_level: "high" }, { destination_ids: ["nowhere"] }]) {
    const answer = await post("/route-preview", body);
    expect(answer.status).toBe(200);
    for (const key of keys) expect(answer.body[key], key).not.toBeNull();
    expect(Object.keys(answer.body)).toEqual(expect.arrayContaining(keys));
  }
});

describe("row 8: approve and deny", () => {
  it("are 409 outside approval_required, naming the draft", async () => {
    const id = await draftOf({ risk_level: "low" });
    for (const verb of ["approve", "deny"]) {
      const answer = await post(`/drafts/${id}/${verb}`, { reason: "" });
      expect([answer.status, answer.body.code, answer.body.draft_id]).toEqual([
        ...[409, "INCIDENT_MONITOR_DRAFT_NOT_PENDING_APPROVAL", id],
      ]);
      expect(answer.body.detail).toEqual(expect.any(String));
    }
  });

  it("take {} and an empty reason; approving alone sends nothing (D-05)", async () => {
    const approved = await post(`/drafts/${await draftOf({ risk_level: "high" })}/approve`, {});
    expect(approved.body).toMatchObject({ ok: true, action: "approved", post: null, external_action: null });
    expect(approved.body).not.toHaveProperty("publish_error");
    const denied = await post(`/drafts/${await draftOf({ risk_level: "high" })}/deny`, { reason: "" });
    expect(denied.body).toMatchObject({ ok: true, draft: { status: "denied" } });
  });

  it("with publish_on_approval the answer is that of the publish, or 200 with why it failed", async () => {
    await patch({ safety_defaults: { publish_on_approval: true } });
    const sent = await post(`/drafts/${await draftOf({ risk_level: "high" })}/approve`, {});
    expect(sent.body).toMatchObject({ ok: true, action: "record_telemetry", post: { status: "posted" } });
    expect(sent.body).not.toHaveProperty("publish_error");
    await patch({ destinations: [{ ...workable.destinations[0], enabled: false }] });
    const failed = await post(`/drafts/${await draftOf({ risk_level: "high" })}/approve`, {});
    expect(failed.body).toMatchObject({
      ok: true,
      action: "approved",
      draft: { facets: { approval: "granted" } },
    });
    expect(failed.body.publish_error).toContain("disabled");
    expect(failed.body).not.toHaveProperty("post");
    expect(failed.body).not.toHaveProperty("external_action");
    expect((await patch(workable)).status).toBe(200);
  });
});

it("row 9: triage-summary is 409 without a run, 400 with the gate when it blocks, and the summary is kept", async () => {
  const id = await draftOf();
  const without = await post(`/drafts/${id}/triage-summary`, {});
  expect([without.status, without.body.code]).toEqual([409, "INCIDENT_MONITOR_TRIAGE_SUMMARY_REQUIRES_RUN"]);
  const { run } = (await post(`/drafts/${id}/triage-run`)).body;
  const weak = await post(`/drafts/${id}/triage-summary`, { recommended_fix: "Look at it" });
  expect([weak.status, weak.body.code]).toEqual([
    ...[400, "INCIDENT_MONITOR_TRIAGE_SUMMARY_ISSUE_DRAFT_FAILED"],
  ]);
  expect(weak.body.proposal_quality_gate).toMatchObject({ stage: "draft_to_proposal", status: "blocked" });
  expect(weak.body.proposal_quality_gate_artifact.artifact_type).toBe(
    "incident_monitor_proposal_quality_gate",
  );
  expect(weak.body.triage_summary.recommended_fix).toBe("Look at it");
  const kept = await get(im(`/triage-runs/${run.run_id}`));
  expect(kept.body.summary_by).toBe("person");
  const unknown = await post("/drafts/nope/triage-summary", {});
  expect([unknown.status, unknown.body.code]).toEqual([404, "INCIDENT_MONITOR_DRAFT_NOT_FOUND"]);
});

it("row 10: publish stops for approval with 200, fails with 400, and skips what was delivered", async () => {
  const stopped = await post(`/drafts/${await draftOf({ risk_level: "high" })}/publish`, {});
  expect([stopped.status, stopped.body.action, stopped.body.post]).toEqual([200, "approval_required", null]);
  const id = await draftOf({ risk_level: "low" });
  const refused = await post(`/drafts/${id}/publish`, { destination_ids: ["nowhere"] });
  expect([refused.status, refused.body.code, refused.body.draft_id]).toEqual([
    ...[400, "INCIDENT_MONITOR_DRAFT_PUBLISH_FAILED", id],
  ]);
  expect(refused.body.draft.draft_id).toBe(id);
  const sent = await api.call("POST", im(`/drafts/${id}/publish`), { raw: "" });
  expect(sent.body).toMatchObject({ ok: true, action: "record_telemetry", post: { status: "posted" } });
  const repeat = await post(`/drafts/${id}/publish`, { destination_id: "local", reason: "again" });
  expect([repeat.status, repeat.body.action, repeat.body.post_id, repeat.body.post.post_id]).toEqual([
    ...[200, "skip_duplicate", sent.body.post_id, sent.body.post_id],
  ]);
  await api.call("DELETE", im(`/posts/${sent.body.post_id}`));
  const hidden = await post(`/drafts/${id}/publish`, {});
  expect([hidden.status, hidden.body.action, hidden.body.post_id, hidden.body.post]).toEqual([
    ...[200, "skip_duplicate", null, null],
  ]);
});

it("row 11: a blocked report is stored and refused with its gate; a known one is suppressed", async () => {
  const blocked = await post("/report", { report: { title: "t", event: "job.progress" } });
  expect([blocked.status, blocked.body.code]).toEqual([400, "INCIDENT_MONITOR_REPORT_INVALID"]);
  expect(blocked.body.incident.status).toBe("quality_gate_blocked");
  expect(blocked.body.quality_gate.status).toBe("blocked");
  const known = { title: "known", detail: "x", event: "e", fingerprint: "row-11", risk_level: "high" };
  const first = await post("/report", { report: known });
  await post(`/drafts/${first.body.draft.draft_id}/approve`, {});
  const again = await post("/report", { report: known });
  // The reference leaves the draft out; here it is answered (D-12).
  expect(again.body).toMatchObject({ suppressed: true, reason: "duplicate_failure_pattern" });
  expect(again.body.draft.draft_id).toBe(first.body.draft.draft_id);
});

it("row 12: the same fingerprint is the same draft, wrapped or bare", async () => {
  const same = { title: "same", detail: "x", event: "e", fingerprint: "row-12" };
  const [wrapped, bare] = [await post("/report", { report: same }), await post("/report", same)];
  expect(bare.body.draft.draft_id).toBe(wrapped.body.draft.draft_id);
});

it("row 13: raw_key is answered by its making alone, key_hash never", async () => {
  const made = await post("/intake/keys", { project_id: "shop", name: "row 13" });
  const { raw_key: raw, key } = made.body;
  expect(raw).toMatch(/^tim_intake_[0-9a-f]{64}$/);
  const answers = [made, await get(im("/intake/keys")), await post(`/intake/keys/${key.key_id}/disable`)];
  for (const answer of answers) {
    const keys = answer.body.keys ?? [answer.body.key];
    expect(keys.every((each: { key_hash: string }) => each.key_hash === "[redacted]")).toBe(true);
  }
  for (const answer of answers.slice(1)) expect(answer.text).not.toContain(raw);
});

it("row 14: the older families are 404", async () => {
  for (const path of ["/bug-monitor/status", "/failure-reporter/status", "/config/bug-monitor"]) {
    expect([path, (await get(path)).status]).toEqual([path, 404]);
  }
});

it("row 15: what is answered has its documented shape: no list is null, readiness maps are boolean", async () => {
  const readable = apiRoutes
    .filter((each) => each.method === "get" && !each.path.includes("{") && !each.contentType)
    .filter((each) => !each.query || each.query.safeParse({}).success)
    // A token has no account, and nobody to tell by e-mail.
    .filter(({ auth }) => auth.kind !== "actor" || auth.permission !== "ownAccount")
    .filter(({ path }) => !path.endsWith("/notifications/preferences"));
  expect(readable.length).toBeGreaterThan(8);
  for (const route of readable) {
    const answer: Answer = await get(route.path);
    const parsed = route.response.safeParse(answer.body);
    expect([route.path, answer.status, parsed.error?.issues]).toEqual([route.path, 200, undefined]);
  }
  const { status } = (await get(im("/status"))).body;
  for (const map of [status.readiness, status.required_capabilities]) {
    expect(Object.values(map).every((value) => typeof value === "boolean")).toBe(true);
  }
  const { counts } = (await get(im("/security/authority-inventory"))).body;
  expect(Object.values(counts).every((value) => Number.isInteger(value))).toBe(true);
});

it("row 16: posts filter by destination before the limit; one without counts as legacy-github", async () => {
  const draft = await aDraftRow(api.db);
  const old = await aDelivery(api.db, {
    ...{ draftId: draft.id, destinationId: "", updatedAt: new Date(0), state: "published" },
  });
  const ids = async (query: string) =>
    (await get(im(`/posts?${query}`))).body.posts.map((each: { post_id: string }) => each.post_id);
  expect(await ids("limit=1&destination_id=legacy-github")).toEqual([old.postId]);
  expect(await ids("destination_id=%20legacy-github%20")).toEqual([old.postId]);
  expect(await ids("limit=200&destination_id=local")).not.toContain(old.postId);
  expect(await ids("limit=3&destination_id=%20")).toHaveLength(3);
});
