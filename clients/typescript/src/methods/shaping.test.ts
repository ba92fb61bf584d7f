import { beforeEach, describe, expect, it } from "vitest";
import { TandemClient } from "../client";
import { newIdempotencyKey } from "../retry";

/** What the reference client sends (contract 11.1, 11.2), method by method. */
type Sent = { method: string; path: string; body: unknown; headers: Headers };
let sent: Sent[];
let answers: unknown[];
let client: TandemClient;

beforeEach(() => {
  sent = [];
  answers = [];
  client = new TandemClient({
    baseUrl: "http://monitor.test",
    token: "t",
    intakeKey: "tim_intake_k",
    fetch: async (input, init = {}) => {
      const { body } = init;
      const path = String(input).replace("http://monitor.test", "");
      const shaped = typeof body === "string" ? parsed(body) : undefined;
      sent.push({ method: init.method ?? "", path, body: shaped, headers: new Headers(init.headers) });
      return new Response(JSON.stringify(answers.shift() ?? {}));
    },
  });
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

type Row = [name: string, call: () => Promise<unknown>, request: string, body?: unknown];
const im = () => client.incidentMonitor;

describe("requests (contract 11.1)", () => {
  it.each<Row>([
    [
      "patchConfig wraps",
      () => im().patchConfig({ enabled: true }),
      "PATCH /config/incident-monitor",
      { incident_monitor: { enabled: true } },
    ],
    [
      "patchConfig wraps once",
      () => im().patchConfig({ incident_monitor: { enabled: true } }),
      "PATCH /config/incident-monitor",
      { incident_monitor: { enabled: true } },
    ],
    [
      "patchConfig dry",
      () => im().patchConfig({}, { dryRun: true }),
      "PATCH /config/incident-monitor?dry_run=true",
      { incident_monitor: {} },
    ],
    [
      "report wraps",
      () => im().report({ title: "x" }),
      "POST /incident-monitor/report",
      { report: { title: "x" } },
    ],
    [
      "report wraps once",
      () => im().report({ report: { title: "x" } }),
      "POST /incident-monitor/report",
      { report: { title: "x" } },
    ],
    [
      "approve with a reason",
      () => im().approveDraft("d", "seen"),
      "POST /incident-monitor/drafts/d/approve",
      { reason: "seen" },
    ],
    ["approve without one", () => im().approveDraft("d"), "POST /incident-monitor/drafts/d/approve", {}],
    [
      "approve what was looked at",
      () => im().approveDraft("d", { digest: "sha" }),
      "POST /incident-monitor/drafts/d/approve",
      { digest: "sha" },
    ],
    ["deny without a reason", () => im().denyDraft("d"), "POST /incident-monitor/drafts/d/deny", {}],
    [
      "posture checks: order and commas",
      () =>
        im().getPostureChecks({
          minSeverity: "high",
          disabledRules: ["a", "b"],
          rules: ["c"],
          mode: "dry_run",
        }),
      "GET /incident-monitor/security/posture-checks?mode=dry_run&rules=c&disabled_rules=a%2Cb&min_severity=high",
    ],
    [
      "posture checks: camelCase wins",
      () =>
        im().getPostureChecks({
          minSeverity: "high",
          min_severity: "low",
          disabledRules: ["x"],
          disabled_rules: ["y"],
        }),
      "GET /incident-monitor/security/posture-checks?disabled_rules=x&min_severity=high",
    ],
    [
      "posture checks: empty ones are left out",
      () => im().getPostureChecks({ rules: [], mode: "" }),
      "GET /incident-monitor/security/posture-checks",
    ],
    [
      "probes",
      () => im().runAssessmentProbes({ probes: ["p"], includeDraftSuggestions: false }),
      "POST /incident-monitor/security/assessment-probes",
      { probes: ["p"], include_draft_suggestions: false },
    ],
    [
      "probes: snake_case wins",
      () => im().runAssessmentProbes({ includeDraftSuggestions: false, include_draft_suggestions: true }),
      "POST /incident-monitor/security/assessment-probes",
      { include_draft_suggestions: true },
    ],
    [
      "assessment report",
      () =>
        im().generateAssessmentReport({
          source_kind: "ci",
          routeDestinationIds: ["a"],
          includeProbeResults: true,
          includeDraftSuggestions: true,
          persistArtifact: false,
          includeRawPayloads: false,
          other: 1,
        }),
      "POST /incident-monitor/security/assessment-report",
      {
        source_kind: "ci",
        other: 1,
        route_destination_ids: ["a"],
        include_probe_results: true,
        include_draft_suggestions: true,
        persist_artifact: false,
        include_raw_payloads: false,
      },
    ],
    [
      "deployment cards",
      () =>
        im().generateDeploymentCards({
          defaults: { business_owner: "me" },
          includeMarkdown: false,
          includeRawInventory: true,
        }),
      "POST /incident-monitor/security/deployment-cards",
      { defaults: { business_owner: "me" }, include_markdown: false, include_raw_inventory: true },
    ],
    [
      "posts: snake_case wins",
      () => im().listPosts({ limit: 5, destinationId: "a", destination_id: "b" }),
      "GET /incident-monitor/posts?limit=5&destination_id=b",
    ],
    [
      "posts: camelCase",
      () => im().listPosts({ destinationId: "a" }),
      "GET /incident-monitor/posts?destination_id=a",
    ],
    ["incidents without a limit", () => im().listIncidents(), "GET /incident-monitor/incidents"],
    ["incidents with one", () => im().listIncidents({ limit: 0 }), "GET /incident-monitor/incidents?limit=0"],
    ["drafts with one", () => im().listDrafts({ limit: 5 }), "GET /incident-monitor/drafts?limit=5"],
    ["issue draft", () => im().createIssueDraft("d"), "POST /incident-monitor/drafts/d/issue-draft", {}],
    ["publish", () => im().publishDraft("d"), "POST /incident-monitor/drafts/d/publish", {}],
    [
      "publish to",
      () => im().publishDraftToDestinations("d", ["a", "b"], { reason: "r" }),
      "POST /incident-monitor/drafts/d/publish",
      { reason: "r", destination_ids: ["a", "b"] },
    ],
    ["recheck", () => im().recheckMatch("d"), "POST /incident-monitor/drafts/d/recheck-match", {}],
    ["preview", () => im().previewRoute(), "POST /incident-monitor/route-preview", {}],
    [
      "template preview",
      () => im().previewIssueTemplate({ template: "{{body}}" }),
      "POST /incident-monitor/issue-template/preview",
      { template: "{{body}}" },
    ],
    ["replay", () => im().replayIncident("i"), "POST /incident-monitor/incidents/i/replay", {}],
    [
      "triage summary",
      () => im().createTriageSummary("d", { notes: "n" }),
      "POST /incident-monitor/drafts/d/triage-summary",
      { notes: "n" },
    ],
    ["triage run: no body", () => im().createTriageRun("d"), "POST /incident-monitor/drafts/d/triage-run"],
    ["pause: no body", () => im().pause(), "POST /incident-monitor/pause"],
    ["resume: no body", () => im().resume(), "POST /incident-monitor/resume"],
    ["recompute: no body", () => im().recomputeStatus(), "POST /incident-monitor/status/recompute"],
    [
      "disable key: no body",
      () => im().disableIntakeKey("k"),
      "POST /incident-monitor/intake/keys/k/disable",
    ],
    [
      "reset: no body",
      () => im().resetLogSourceOffset("p", "s"),
      "POST /incident-monitor/log-sources/p/s/reset-offset",
    ],
    [
      "replay latest: no body",
      () => im().replayLatestLogSourceCandidate("p", "s"),
      "POST /incident-monitor/log-sources/p/s/replay-latest",
    ],
    [
      "reset: a dry run",
      () => im().resetLogSourceOffset("p", "s", { dryRun: true }),
      "POST /incident-monitor/log-sources/p/s/reset-offset?dry_run=true",
    ],
    [
      "backfill",
      () => im().backfillLogSource("p", "s", { from_ms: 1, to_ms: 2 }),
      "POST /incident-monitor/log-sources/p/s/backfill",
      { from_ms: 1, to_ms: 2 },
    ],
    [
      "quarantine: what still waits",
      () => im().listQuarantine("p", "s", { replayed: false }),
      "GET /incident-monitor/log-sources/p/s/quarantine?replayed=false",
    ],
    [
      "evidence: a reference is encoded",
      () => im().getEvidence("tandem://incident-monitor/p/logs/s#offset=1-2"),
      "GET /incident-monitor/evidence?reference=tandem%3A%2F%2Fincident-monitor%2Fp%2Flogs%2Fs%23offset%3D1-2",
    ],
    ["an id is encoded", () => im().getDraft("a/b"), "GET /incident-monitor/drafts/a%2Fb"],
    [
      "delete with a reason",
      () => im().deletePost("p", { reason: "test" }),
      "DELETE /incident-monitor/posts/p?reason=test",
    ],
    [
      "bulk delete",
      () => im().bulkDeleteIncidents({ all: true }),
      "POST /incident-monitor/incidents/bulk-delete",
      { all: true },
    ],
    [
      "batch: one report a line",
      () => im().reportBatch([{ title: "a" }, { title: "b" }]),
      "POST /incident-monitor/intake/reports",
      '{"title":"a"}\n{"title":"b"}\n',
    ],
    [
      "events",
      () => im().sendEvents([{ type: "session.error" }]),
      "POST /incident-monitor/intake/events",
      { events: [{ type: "session.error" }] },
    ],
  ])("%s", async (_, call, request, body) => {
    answers = [{ incident_monitor: {} }];
    await call();
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([request]);
    expect(sent[0]?.body).toEqual(body);
  });

  it("a scoped report goes with the key alone, a batch only when it names a project", async () => {
    await im().reportWithKey({ project_id: "shop", report: { title: "x" } });
    await im().reportBatch([{ title: "x" }], { project_id: "shop" });
    await im().reportBatch([{ title: "x" }]);
    const who = sent.map(({ headers }) => [
      headers.get("authorization"),
      headers.get("x-tandem-incident-monitor-intake-key"),
    ]);
    expect(who).toEqual([
      [null, "tim_intake_k"],
      [null, "tim_intake_k"],
      ["Bearer t", null],
    ]);
    const keyless = new TandemClient({ baseUrl: "http://monitor.test", token: "t" });
    await expect(keyless.incidentMonitor.reportWithKey({ project_id: "shop", report: {} })).rejects.toThrow(
      /intakeKey/,
    );
  });

  it("a report that may be repeated has an Idempotency-Key of its own; without retries it has none", async () => {
    await im().report({ title: "a" });
    await im().report({ title: "a" });
    await im().report({ title: "a" }, { idempotencyKey: "mine" });
    await im().report({ title: "a" }, { retries: 0 });
    await im().reportBatch([{ title: "a" }]);
    const keys = sent.map(({ headers }) => headers.get("idempotency-key"));
    expect(keys[0]).toMatch(/^im-[0-9a-f]{32}$/);
    expect(keys[1]).not.toBe(keys[0]);
    expect(keys.slice(2)).toEqual(["mine", null, null]);
    expect(newIdempotencyKey()).not.toBe(newIdempotencyKey());
  });
});

describe("answers (contract 11.2)", () => {
  it("are handed on as they are", async () => {
    answers = [{ status: { odd: null } }];
    expect(await im().getStatus()).toEqual({ status: { odd: null } });
  });

  it("getIncident and getDraft unwrap, an absent record is empty", async () => {
    answers = [{ incident: { incident_id: "i" } }, {}, { draft: { draft_id: "d" } }, {}];
    expect(await im().getIncident("i")).toEqual({ incident_id: "i" });
    expect(await im().getIncident("i")).toEqual({});
    expect(await im().getDraft("d")).toEqual({ draft_id: "d" });
    expect(await im().getDraft("d")).toEqual({});
  });

  it("listDestinations and listRoutes read the configuration and throw without one", async () => {
    answers = [{ incident_monitor: {} }, { incident_monitor: { routes: [{ route_id: "r" }] } }, {}];
    expect(await im().listDestinations()).toEqual([]);
    expect(await im().listRoutes()).toEqual([{ route_id: "r" }]);
    await expect(im().listRoutes()).rejects.toThrow(TypeError);
  });
});

describe("rows of the configuration, read, changed and sent back whole", () => {
  const config = {
    updated_at_ms: 7,
    odd: { kept: true },
    destinations: [
      { destination_id: "a", name: "A" },
      { destination_id: "b", name: "B" },
    ],
    default_destination_ids: ["a", "b"],
    routes: [
      { route_id: "both", destination_ids: ["a", "b"] },
      { route_id: "only-a", destination_ids: ["a"] },
      { route_id: "defaults", destination_ids: [] },
    ],
  };
  const changed = async (call: () => Promise<unknown>) => {
    answers = [{ incident_monitor: config }, { incident_monitor: {} }];
    await call();
    expect(sent.map(({ method }) => method)).toEqual(["GET", "PATCH"]);
    return (sent[1]?.body as { incident_monitor: typeof config }).incident_monitor;
  };

  it("upsertDestination puts the row at the end and keeps the rest, its time included", async () => {
    const row = { destination_id: " a ", name: "New" };
    const after = await changed(() => im().upsertDestination(row));
    expect(after).toEqual({ ...config, destinations: [{ destination_id: "b", name: "B" }, row] });
  });

  it("removeDestination cleans defaults and routes, and drops a route that has none left", async () => {
    const after = await changed(() => im().removeDestination("a"));
    expect(after).toEqual({
      ...config,
      destinations: [{ destination_id: "b", name: "B" }],
      default_destination_ids: ["b"],
      routes: [
        { route_id: "both", destination_ids: ["b"] },
        { route_id: "defaults", destination_ids: [] },
      ],
    });
  });

  it("upsertRoute and removeRoute", async () => {
    const row = { route_id: "both", name: "Both" };
    expect((await changed(() => im().upsertRoute(row))).routes.map((each) => each.route_id)).toEqual([
      "only-a",
      "defaults",
      "both",
    ]);
    sent = [];
    expect((await changed(() => im().removeRoute("both"))).routes).toHaveLength(2);
  });

  it.each([
    ["upsertDestination", () => im().upsertDestination({ destination_id: " ", name: "x" })],
    ["removeDestination", () => im().removeDestination("")],
    ["upsertRoute", () => im().upsertRoute({ route_id: "", name: "x" })],
    ["removeRoute", () => im().removeRoute(" ")],
  ])("%s wants an id before it asks anything", async (_, call) => {
    await expect(call()).rejects.toThrow(/must not be blank/);
    expect(sent).toEqual([]);
  });
});

describe("iterating", () => {
  it("reads page after page, and stops at a cursor that does not move", async () => {
    answers = [
      { incidents: [{ incident_id: "1" }, { incident_id: "2" }], next_cursor: "c1" },
      { incidents: [{ incident_id: "3" }], next_cursor: "c1" },
    ];
    const ids: string[] = [];
    for await (const each of im().iterateIncidents({ severity: "high" })) ids.push(each.incident_id);
    expect(ids).toEqual(["1", "2", "3"]);
    expect(sent.map(({ path }) => path)).toEqual([
      "/incident-monitor/incidents?limit=200&severity=high",
      "/incident-monitor/incidents?limit=200&severity=high&cursor=c1",
    ]);
  });

  it("asks for no page that nobody reads", async () => {
    answers = [{ drafts: [{ draft_id: "1" }, { draft_id: "2" }], next_cursor: "c1" }];
    for await (const _ of im().iterateDrafts({ limit: 2 })) break;
    expect(sent).toHaveLength(1);
  });
});
