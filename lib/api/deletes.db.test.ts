import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApi, type TestApi } from "@/lib/testing/api";
import { aDelivery, aDraftRow, anIncident } from "@/lib/testing/records";

let api: TestApi;

const im = (path: string) => `/incident-monitor${path}`;
const nouns = ["incident", "draft", "post"] as const;
type Noun = (typeof nouns)[number];

const make: Record<Noun, () => Promise<string>> = {
  incident: async () => (await anIncident(api.db)).id,
  draft: async () => (await aDraftRow(api.db)).id,
  post: async () => (await aDelivery(api.db, { state: "published" })).postId,
};

beforeAll(async () => {
  api = await createTestApi({}, { over: "http" });
});
afterAll(() => api.close());

describe.each(nouns)("DELETE and bulk-delete of a %s", (noun) => {
  const one = (id: string) => im(`/${noun}s/${id}`);
  const bulk = im(`/${noun}s/bulk-delete`);

  it("200 with one deleted, then 404 naming it, also to a GET", async () => {
    const id = await make[noun]();
    const gone = await api.call("DELETE", `${one(id)}?reason=a%20drill`);
    expect([gone.status, gone.body]).toEqual([200, { ok: true, deleted: 1 }]);
    const again = await api.call("DELETE", one(id));
    expect([again.status, again.body.code, again.body[`${noun}_id`]]).toEqual([
      ...[404, `INCIDENT_MONITOR_${noun.toUpperCase()}_NOT_FOUND`, id],
    ]);
    expect((await api.call("GET", one(id))).status).toBe(404);
  });

  it("bulk: unknown ids are skipped, none is 200 with 0, all ignores ids", async () => {
    const ids = [await make[noun](), await make[noun](), await make[noun]()];
    const some = await api.call("POST", bulk, { body: { ids: [ids[0], "unknown"] } });
    expect([some.status, some.body]).toEqual([200, { ok: true, deleted: 1 }]);
    for (const body of [{}, { ids: [] }, { ids: null, all: null }, { ids: ["unknown"], all: false }]) {
      expect((await api.call("POST", bulk, { body })).body).toEqual({ ok: true, deleted: 0 });
    }
    const all = await api.call("POST", bulk, { body: { all: true, ids: ["unknown"], reason: "a drill" } });
    expect(all.body.ok).toBe(true);
    expect(all.body.deleted).toBeGreaterThanOrEqual(2);
    const { body } = await api.call("GET", im(`/${noun}s`));
    expect([body[`${noun}s`], body.count]).toEqual([[], 0]);
    expect((await api.call("POST", bulk, { body: { all: true } })).body).toEqual({ ok: true, deleted: 0 });
  });

  it("422 for the wrong shape, 401 without a token, 403 for service and agent tokens", async () => {
    const wrong: Array<[unknown, string]> = [
      [{ ids: "x" }, "ids"],
      [{ ids: [7] }, "ids[0]"],
      [{ all: "yes" }, "all"],
    ];
    for (const [body, field] of wrong) {
      const answer = await api.call("POST", bulk, { body });
      expect([answer.status, answer.body.field]).toEqual([422, field]);
    }
    const id = await make[noun]();
    for (const [token, status] of [
      [null, 401],
      [api.tokens.service, 403],
      [api.tokens.agent, 403],
    ] as const) {
      expect((await api.call("DELETE", one(id), { token })).status).toBe(status);
      expect((await api.call("POST", bulk, { token, body: { all: true } })).status).toBe(status);
    }
    expect((await api.call("GET", one(id))).status).toBe(200);
  });
});

it("a report answered before, whose draft was deleted since, is 404 under its key and not a blocked report", async () => {
  const headers = { "idempotency-key": "deleted-since" };
  const body = { report: { title: "T", detail: "x", event: "e", fingerprint: "deleted-since" } };
  const first = await api.call("POST", im("/report"), { body, headers });
  await api.call("DELETE", im(`/drafts/${first.body.draft.draft_id}`));
  const again = await api.call("POST", im("/report"), { body, headers });
  expect([again.status, again.body.code]).toEqual([404, "INCIDENT_MONITOR_DRAFT_NOT_FOUND"]);
  expect(again.body.incident_id).toBe(first.body.incident_id);
});

describe("recheck-match", () => {
  beforeAll(async () => {
    const destinations = [
      { destination_id: "hook", name: "Hook", kind: "webhook", webhook_url: "https://hook.example/in" },
      { destination_id: "github", name: "GitHub", kind: "github_issue", repo: "halden/shop" },
    ];
    const incident_monitor = { destinations, default_destination_ids: ["hook"] };
    await api.call("PATCH", "/config/incident-monitor", { body: { incident_monitor } });
  });

  it("answers publish's keys without the external action, and delivers nothing", async () => {
    const draft = await aDraftRow(api.db, { approval: "required" });
    const answer = await api.call("POST", im(`/drafts/${draft.id}/recheck-match`), { raw: "" });
    expect(answer.status).toBe(200);
    const nulls = [
      ...["triage_summary", "issue_draft", "duplicate_summary", "duplicate_matches"],
      ...["triage_summary_artifact", "issue_draft_artifact", "duplicate_matches_artifact"],
      ...["post_id", "issue_number", "issue_url", "comment_id", "comment_url", "post"],
    ];
    const { ok, draft: shown, action, ...rest } = answer.body;
    expect([ok, shown.draft_id, action]).toEqual([true, draft.id, "no_match"]);
    expect(rest).toEqual(Object.fromEntries(nulls.map((key) => [key, null])));
    expect(await api.db.prisma.delivery.count({ where: { draftId: draft.id } })).toBe(0);
  });

  it("is 400 with its own code and publish's context: unknown draft, no token, not one destination", async () => {
    const unknown = await api.call("POST", im("/drafts/nope/recheck-match"), { body: {} });
    expect([unknown.status, unknown.body.code, unknown.body.draft_id, unknown.body.draft]).toEqual([
      ...[400, "INCIDENT_MONITOR_DRAFT_RECHECK_FAILED", "nope", null],
    ]);
    const draft = await aDraftRow(api.db, {});
    for (const [ids, words] of [
      [["github"], "No GitHub token is set"],
      [["hook", "github"], "several destinations"],
      [["nowhere"], "not configured"],
    ] as const) {
      const incident_monitor = { default_destination_ids: ids };
      await api.call("PATCH", "/config/incident-monitor", { body: { incident_monitor } });
      const answer = await api.call("POST", im(`/drafts/${draft.id}/recheck-match`), { body: {} });
      expect([ids, answer.status, answer.body.code]).toEqual([
        ...[ids, 400, "INCIDENT_MONITOR_DRAFT_RECHECK_FAILED"],
      ]);
      expect(answer.body.detail).toContain(words);
      expect(answer.body).toMatchObject({ draft: { draft_id: draft.id }, triage_summary: null });
    }
  });
});

it("debug is the status with no tools, as no MCP server is there", async () => {
  const debug = await api.call("GET", im("/debug"));
  expect(debug.status).toBe(200);
  const { status, ...tools } = debug.body;
  expect(tools).toEqual({ selected_server_tools: [], canonicalized_discovered_tools: [] });
  expect(status).toEqual((await api.call("GET", im("/status"))).body.status);
});
