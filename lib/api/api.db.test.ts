import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createShopApi, aSubmission as submission } from "@/lib/testing/shop-api";

let api: Awaited<ReturnType<typeof createShopApi>>;
let rawKey: string;

beforeAll(async () => {
  api = await createShopApi();
  rawKey = api.rawKey;
});

afterAll(() => api.close());

const keyHeader = () => ({ "x-tandem-incident-monitor-intake-key": rawKey });

describe("who may call", () => {
  it.each([
    ["authorization", (token: string) => `Bearer ${token}`],
    ["authorization", (token: string) => `bearer ${token}`],
    ["x-tandem-token", (token: string) => token],
    ["x-agent-token", (token: string) => ` ${token} `],
  ])("accepts the token in %s", async (header, value) => {
    const answer = await api.call("GET", "/incident-monitor/drafts", {
      token: null,
      headers: { [header]: value(api.tokens.admin) },
    });
    expect(answer.status).toBe(200);
  });

  it("answers 401 AUTH_REQUIRED without or with a wrong token", async () => {
    for (const token of [null, "wrong"]) {
      const answer = await api.call("GET", "/incident-monitor/status", { token });
      expect([answer.status, answer.body.code, answer.body.retryable]).toEqual([401, "AUTH_REQUIRED", false]);
      expect(answer.headers.get("x-request-id")).toBe(answer.body.request_id);
    }
  });

  it("health needs none", async () => {
    const answer = await api.call("GET", "/global/health", { token: null });
    expect([answer.status, answer.body.ready]).toEqual([200, true]);
  });

  it("case 33: a scoped key gets 401 everywhere but on intake", async () => {
    const calls: Array<[string, string]> = [
      ["GET", "/config/incident-monitor"],
      ["PATCH", "/config/incident-monitor"],
      ["GET", "/incident-monitor/status"],
      ["GET", "/incident-monitor/incidents"],
      ["GET", "/incident-monitor/drafts"],
      ["GET", "/incident-monitor/posts"],
      ["POST", "/incident-monitor/route-preview"],
      ["POST", "/incident-monitor/report"],
      ["POST", "/incident-monitor/intake/keys"],
      ["POST", "/incident-monitor/drafts/x/publish"],
      ["POST", "/incident-monitor/drafts/x/approve"],
      ["GET", "/incident-monitor/events"],
      ["GET", "/metrics"],
    ];
    for (const [method, path] of calls) {
      const body = method === "GET" ? undefined : {};
      const bearer = await api.call(method, path, { token: rawKey, body });
      const header = await api.call(method, path, { token: null, headers: keyHeader(), body });
      expect([path, bearer.status, header.status]).toEqual([path, 401, 401]);
    }
  });

  it("D-19: agent tokens may not decide, publish or configure; service tokens may not decide or configure", async () => {
    const report = await api.call("POST", "/incident-monitor/report", {
      body: { report: submission({ fingerprint: "d19", risk_level: "high" }) },
    });
    const draft = report.body.draft.draft_id;
    const tries: Array<[string, string, string[]]> = [
      ["POST", `/incident-monitor/drafts/${draft}/approve`, ["agent", "service"]],
      ["POST", `/incident-monitor/drafts/${draft}/deny`, ["agent", "service"]],
      ["POST", `/incident-monitor/drafts/${draft}/publish`, ["agent"]],
      ["PATCH", "/config/incident-monitor", ["agent", "service"]],
      ["POST", "/incident-monitor/pause", ["agent", "service"]],
    ];
    for (const [method, path, kinds] of tries) {
      for (const kind of kinds) {
        const body = method === "PATCH" ? { incident_monitor: { paused: true } } : {};
        const answer = await api.call(method, path, { token: api.tokens[kind as "agent"], body });
        expect([path, kind, answer.status]).toEqual([path, kind, 403]);
      }
    }
  });
});

describe("bad input", () => {
  it("names malformed JSON, the wrong type and the wrong content", async () => {
    const path = "/incident-monitor/report";
    const malformed = await api.call("POST", path, { raw: '{"report": {' });
    expect([malformed.status, malformed.body.code]).toEqual([400, "MALFORMED_JSON"]);
    const wrongType = await api.call("POST", path, { body: { report: { title: 7 } } });
    expect([wrongType.status, wrongType.body.field]).toEqual([422, "report.title"]);
    const unknownEnum = await api.call("POST", path, {
      body: { report: submission({ source_kind: "spaceship" }) },
    });
    expect([unknownEnum.status, unknownEnum.body.field]).toEqual([422, "report.source_kind"]);
    const noType = await api.call("POST", path, { raw: "{}", headers: { "content-type": "text/plain" } });
    expect(noType.status).toBe(415);
    const nul = await api.call("POST", path, { raw: '{"report":{"title":"a\\u0000b"}}' });
    expect([nul.status, nul.body.field]).toEqual([422, "report.title"]);
    const big = await api.call("POST", path, {
      raw: JSON.stringify({ report: { title: "x", detail: "y".repeat(300_000) } }),
    });
    expect(big.status).toBe(413);
    const badQuery = await api.call("GET", "/incident-monitor/drafts?limit=abc");
    expect([badQuery.status, badQuery.body.field]).toEqual([400, "limit"]);
  });

  it.each([
    ['"__proto__":{"polluted":true}', "report.__proto__"],
    ['"\\u005f_proto__":{"polluted":true}', "report.__proto__"],
    ['"constructor":{"prototype":{"polluted":true}}', "report.constructor"],
  ])("prototype keys are refused and change nothing: %s", async (member, field) => {
    const answer = await api.call("POST", "/incident-monitor/report", {
      raw: `{"report":{"title":"proto","detail":"x","event":"e",${member}}}`,
    });
    expect([answer.status, answer.body.field]).toEqual([422, field]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("a member that is only called constructor is ignored as any unknown one", async () => {
    const answer = await api.call("POST", "/incident-monitor/report", {
      raw: '{"report":{"title":"proto","detail":"x","event":"e","constructor":"Acme Builders"}}',
    });
    expect(answer.status).toBe(200);
  });

  it("unknown paths are 404, wrong verbs 405 with Allow; OPTIONS and HEAD answer", async () => {
    expect((await api.call("GET", "/incident-monitor/nothing")).status).toBe(404);
    const verb = await api.call("PUT", "/incident-monitor/drafts");
    expect([verb.status, verb.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
    expect((await api.call("OPTIONS", "/incident-monitor/drafts", { token: null })).status).toBe(204);
    expect((await api.call("HEAD", "/incident-monitor/drafts")).status).toBe(200);
  });

  it("case 8: the old families are not served", async () => {
    for (const path of ["/bug-monitor/status", "/failure-reporter/status", "/config/bug-monitor"]) {
      expect((await api.call("GET", path)).status).toBe(404);
    }
  });
});

describe("reports", () => {
  it("accepts wrapped and bare, answers the same draft for the same fingerprint", async () => {
    const wrapped = await api.call("POST", "/incident-monitor/report", {
      body: { report: submission({ fingerprint: "wb" }) },
    });
    const bare = await api.call("POST", "/incident-monitor/report", {
      body: submission({ fingerprint: "wb" }),
    });
    expect([wrapped.status, bare.status]).toEqual([200, 200]);
    expect(bare.body.draft.draft_id).toBe(wrapped.body.draft.draft_id);
    expect(bare.body.duplicate_summary).toMatchObject({ match_count: 1, max_recurrence_count: 2 });
    expect(wrapped.body.draft).toMatchObject({
      fingerprint: "wb",
      status: "draft_ready",
      repo: "local/unassigned",
    });
  });

  it("REPORT_REQUIRED without a report, REPORT_INVALID with the gate when it blocks", async () => {
    const none = await api.call("POST", "/incident-monitor/report", { body: {} });
    expect([none.status, none.body.code]).toEqual([400, "INCIDENT_MONITOR_REPORT_REQUIRED"]);
    const blocked = await api.call("POST", "/incident-monitor/report", {
      body: { report: { title: "t", event: "job.heartbeat" } },
    });
    expect([blocked.status, blocked.body.code]).toEqual([400, "INCIDENT_MONITOR_REPORT_INVALID"]);
    expect(blocked.body.incident.status).toBe("quality_gate_blocked");
    expect(blocked.body.quality_gate).toMatchObject({
      status: "blocked",
      missing: ["evidence_present", "not_routine_noise"],
    });
  });

  it("D-30: without a repo a report is accepted; a bad one is refused", async () => {
    const bad = await api.call("POST", "/incident-monitor/report", {
      body: { report: submission({ repo: "nonsense" }) },
    });
    expect([bad.status, bad.body.code]).toEqual([400, "INCIDENT_MONITOR_REPORT_INVALID"]);
  });

  it("case 28: a repeat after approval is suppressed, counted, and still has its draft", async () => {
    const first = await api.call("POST", "/incident-monitor/report", {
      body: { report: submission({ fingerprint: "c28", risk_level: "critical" }) },
    });
    expect(first.body.draft.status).toBe("approval_required");
    const id = first.body.draft.draft_id;
    const approved = await api.call("POST", `/incident-monitor/drafts/${id}/approve`, {
      body: { reason: "" },
    });
    expect(approved.body).toMatchObject({ ok: true, action: "approved", post: null, issue_draft: null });
    expect(approved.body).not.toHaveProperty("publish_error");
    const repeat = await api.call("POST", "/incident-monitor/report", {
      body: { report: submission({ fingerprint: "c28" }) },
    });
    expect(repeat.body).toMatchObject({ suppressed: true, reason: "duplicate_failure_pattern" });
    expect(repeat.body.duplicate_summary.match_count).toBe(1);
    expect(repeat.body.draft.draft_id).toBe(id);
    expect(repeat.body.draft.occurrence_count).toBe(2);
  });

  it("Idempotency-Key: the same answer, uncounted; another body is 409", async () => {
    const headers = { "idempotency-key": "run-77" };
    const body = { report: submission({ fingerprint: "idem" }) };
    const first = await api.call("POST", "/incident-monitor/report", { body, headers });
    const again = await api.call("POST", "/incident-monitor/report", { body, headers });
    expect(again.body).toEqual(first.body);
    const other = await api.call("POST", "/incident-monitor/report", {
      body: { report: submission({ title: "x" }) },
      headers,
    });
    expect(other.status).toBe(409);
  });
});

describe("decisions and publishing", () => {
  it("409 outside approval, 404 for an unknown draft; publish answers 400 for it", async () => {
    const report = await api.call("POST", "/incident-monitor/report", {
      body: { report: submission({ fingerprint: "ready", risk_level: "low" }) },
    });
    const id = report.body.draft.draft_id;
    const approve = await api.call("POST", `/incident-monitor/drafts/${id}/approve`);
    expect([approve.status, approve.body.code, approve.body.draft_id]).toEqual([
      409,
      "INCIDENT_MONITOR_DRAFT_NOT_PENDING_APPROVAL",
      id,
    ]);
    const unknown = await api.call("POST", "/incident-monitor/drafts/nope/deny", { body: {} });
    expect([unknown.status, unknown.body.code]).toEqual([404, "INCIDENT_MONITOR_DRAFT_NOT_FOUND"]);
    const publish = await api.call("POST", "/incident-monitor/drafts/nope/publish");
    expect([publish.status, publish.body.code, publish.body.draft]).toEqual([
      400,
      "INCIDENT_MONITOR_DRAFT_PUBLISH_FAILED",
      null,
    ]);
  });

  it("a high-risk draft answers approval_required with 200 and no post", async () => {
    const report = await api.call("POST", "/incident-monitor/report", {
      body: { report: submission({ fingerprint: "hr", risk_level: "high" }) },
    });
    const id = report.body.draft.draft_id;
    const stopped = await api.call("POST", `/incident-monitor/drafts/${id}/publish`, {
      body: { destination_ids: ["local"] },
    });
    expect([stopped.status, stopped.body.action, stopped.body.post]).toEqual([
      200,
      "approval_required",
      null,
    ]);
    const denied = await api.call("POST", `/incident-monitor/drafts/${id}/deny`, {
      body: { reason: "noise" },
    });
    expect(denied.body.draft.status).toBe("denied");
    expect((await api.call("POST", `/incident-monitor/drafts/${id}/deny`, { body: {} })).status).toBe(409);
  });

  it("the review shows the payload and changes nothing", async () => {
    const report = await api.call("POST", "/incident-monitor/report", {
      body: { report: submission({ fingerprint: "rv", risk_level: "high" }) },
    });
    const id = report.body.draft.draft_id;
    const first = await api.call("GET", `/incident-monitor/drafts/${id}/review`);
    const again = await api.call("GET", `/incident-monitor/drafts/${id}/review`);
    expect(first.status).toBe(200);
    expect(again.body).toEqual(first.body);
    expect(first.body.destinations[0]).toMatchObject({
      destination_id: "local",
      effective: true,
      ready: true,
    });
    expect(first.body.actions.approve.allowed).toBe(true);
  });
});

describe("lists", () => {
  it("default 50, clamp 1 to 200, a count, a cursor that reaches every row once", async () => {
    await api.call("POST", "/incident-monitor/intake/reports", {
      body: Array.from({ length: 60 }, (_, index) => submission({ fingerprint: `list-${index}` })),
    });
    const first = await api.call("GET", "/incident-monitor/drafts");
    expect([first.body.drafts.length, first.body.count]).toEqual([50, 50]);
    expect((await api.call("GET", "/incident-monitor/drafts?limit=0")).body.count).toBe(1);
    const seen = new Set<string>();
    let cursor: string | undefined;
    do {
      const page = await api.call(
        "GET",
        `/incident-monitor/drafts?limit=17${cursor ? `&cursor=${cursor}` : ""}`,
      );
      for (const draft of page.body.drafts) {
        expect(seen.has(draft.draft_id)).toBe(false);
        seen.add(draft.draft_id);
      }
      cursor = page.body.next_cursor;
    } while (cursor);
    expect(seen.size).toBe(first.body.total);
  });

  it("searches and filters on the server", async () => {
    await api.call("POST", "/incident-monitor/report", {
      body: { report: submission({ title: "Needle 100% in_hay", fingerprint: "needle" }) },
    });
    const found = await api.call("GET", `/incident-monitor/incidents?q=${encodeURIComponent("100% in_")}`);
    expect(found.body.incidents.map((each: { title: string }) => each.title)).toEqual(["Needle 100% in_hay"]);
  });
});

it("one caller may hold so many event streams and no more; a closed one makes room", async () => {
  const open = () => api.request("/incident-monitor/events");
  const streams = await Promise.all(Array.from({ length: 24 }, open));
  expect(streams.every((each) => each.status === 200)).toBe(true);
  const refused = await open();
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "30"]);
  await streams[0]?.body?.cancel();
  const again = await open();
  expect(again.status).toBe(200);
  for (const each of [...streams.slice(1), again]) await each.body?.cancel();
});

it("serves an OpenAPI 3.1 document with every route", async () => {
  const answer = await api.call("GET", "/openapi.json", { token: null });
  expect(answer.body.openapi).toBe("3.1.0");
  expect(Object.keys(answer.body.paths)).toContain("/incident-monitor/drafts/{draft_id}/publish");
});
