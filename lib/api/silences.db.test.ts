import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApi, type TestApi } from "@/lib/testing/api";

let api: TestApi;
const im = "/incident-monitor";
const hour = 3_600_000;
const stopped = new AbortController();
stopped.abort();

beforeAll(async () => {
  // Nobody delivers here: a publish call answers at once instead of waiting for it.
  api = await createTestApi({ stopping: stopped.signal });
  const incident_monitor = {
    destinations: [{ destination_id: "local", name: "Local", kind: "telemetry" }],
    default_destination_ids: ["local"],
  };
  await api.call("PATCH", "/config/incident-monitor", { body: { incident_monitor } });
});
afterAll(() => api.close());

const aBody = (fields: object = {}) => ({
  matcher: { match_sources: ["nightly"], match_title: "Job *" },
  reason: "See CHG-204",
  expires_at_ms: Date.now() + hour,
  ...fields,
});
const create = (fields: object = {}) => api.call("POST", `${im}/silences`, { body: aBody(fields) });
const made = async (fields: object = {}) => (await create(fields)).body.silence;

async function newDraft(title: string): Promise<string> {
  const body = { title, detail: "exit 1", source: "nightly", event: "ci.failed", fingerprint: title };
  return (await api.call("POST", `${im}/report`, { body })).body.draft.draft_id;
}

describe("POST /silences", () => {
  it("200: answers it whole, with an ETag for the next change", async () => {
    const windows = [{ zone: "Europe/Berlin", days: ["mon"], from: "22:00", to: "06:00" }];
    const { status, body, headers } = await create({ windows, expires_at_ms: Date.now() + 9 * 24 * hour });
    expect([status, headers.get("etag")]).toEqual([200, '"1"']);
    expect(body.silence).toMatchObject({
      ...{ version: 1, reason: "See CHG-204", windows, held_now: 0, held_ever: 0 },
      matcher: { match_sources: ["nightly"], match_title: "Job *", match_project_ids: [] },
      created_by: { kind: "token", name: "admin" },
    });
    expect(["active", "waiting"]).toContain(body.silence.state);
    await api.call("POST", `${im}/silences/${body.silence.silence_id}/expire`);
  });

  it.each<[string, object, number, string, string]>([
    ["nothing to match", { matcher: {} }, 400, "INCIDENT_MONITOR_SILENCE_INVALID", "matcher"],
    ["no reason", { reason: " " }, 400, "INCIDENT_MONITOR_SILENCE_INVALID", "reason"],
    ["a past end", { expires_at_ms: 1 }, 400, "INCIDENT_MONITOR_SILENCE_INVALID", "expires_at_ms"],
    [
      "more than 90 days",
      { expires_at_ms: Date.now() + 91 * 24 * hour },
      400,
      "INCIDENT_MONITOR_SILENCE_INVALID",
      "expires_at_ms",
    ],
    [
      "a zone nobody knows",
      { windows: [{ zone: "Mars", from: "01:00", to: "02:00" }] },
      400,
      "INCIDENT_MONITOR_SILENCE_INVALID",
      "windows[0].zone",
    ],
    ["no end", { expires_at_ms: undefined }, 422, "VALIDATION_FAILED", "expires_at_ms"],
    [
      "no such time of day",
      { windows: [{ zone: "UTC", from: "9", to: "10:00" }] },
      422,
      "VALIDATION_FAILED",
      "windows[0].from",
    ],
    [
      "a list that is none",
      { matcher: { match_sources: "nightly" } },
      422,
      "VALIDATION_FAILED",
      "matcher.match_sources",
    ],
  ])("%s: refused, naming the field", async (_, fields, status, code, field) => {
    const { body, ...answer } = await create(fields);
    expect([answer.status, body.code, body.field]).toEqual([status, code, field]);
  });

  it("401 and 403: nobody, an agent, a service", async () => {
    const ask = async (token: string | null) =>
      (await api.call("POST", `${im}/silences`, { token, body: aBody() })).status;
    expect([await ask(null), await ask(api.tokens.agent), await ask(api.tokens.service)]).toEqual([
      401, 403, 403,
    ]);
  });
});

describe("PATCH /silences/{silence_id}", () => {
  it("200, then 409 for whoever had seen an older one, then 409 once it has ended", async () => {
    const { silence_id: id } = await made({ matcher: { match_sources: ["elsewhere"] } });
    const patch = (body: object, headers = {}) =>
      api.call("PATCH", `${im}/silences/${id}`, { body, headers });
    const first = await patch({ reason: "Longer", version: 1 });
    expect([first.status, first.body.silence.version, first.headers.get("etag")]).toEqual([200, 2, '"2"']);
    expect(first.body.silence).toMatchObject({ reason: "Longer", matcher: { match_sources: ["elsewhere"] } });
    const byVersion = await patch({ reason: "Late", version: 1 });
    const byTag = await patch({ reason: "Late" }, { "if-match": '"1"' });
    for (const { status, body } of [byVersion, byTag])
      expect([status, body.code, body.current_version]).toEqual([409, "INCIDENT_MONITOR_SILENCE_STALE", 2]);
    expect((await patch({ matcher: {} })).status).toBe(400);
    await api.call("POST", `${im}/silences/${id}/expire`);
    const ended = await patch({ reason: "Too late" });
    expect([ended.status, ended.body.code]).toEqual([409, "INCIDENT_MONITOR_SILENCE_EXPIRED"]);
  });
});

describe("GET", () => {
  it("lists by state with a cursor, and one with what it holds", async () => {
    const one = await made({ matcher: { match_sources: ["elsewhere"] }, reason: "listed" });
    const two = await made({
      matcher: { match_sources: ["elsewhere"] },
      reason: "listed",
      starts_at_ms: Date.now() + hour / 2,
    });
    const list = async (query: string) => (await api.call("GET", `${im}/silences?q=listed&${query}`)).body;
    const page = await list("limit=1");
    expect([page.count, page.total, page.silences[0].silence_id]).toEqual([1, 2, two.silence_id]);
    const next = await list(`limit=1&cursor=${page.next_cursor}`);
    expect([next.silences[0].silence_id, next.next_cursor]).toEqual([one.silence_id, undefined]);
    const scheduled = await list("state=scheduled");
    expect(scheduled.silences).toMatchObject([{ state: "scheduled", from_ms: two.starts_at_ms }]);
    const { silence } = (await api.call("GET", `${im}/silences/${one.silence_id}`)).body;
    expect(silence).toMatchObject({ state: "active", until_ms: one.expires_at_ms });
    expect((await api.call("GET", `${im}/silences?state=gone`)).status).toBe(400);
  });

  it("404 for one that is not there, wherever it is named", async () => {
    const answers = await Promise.all([
      api.call("GET", `${im}/silences/none`),
      api.call("GET", `${im}/silences/none/holds`),
      api.call("PATCH", `${im}/silences/none`, { body: { reason: "x" } }),
      api.call("POST", `${im}/silences/none/expire`),
    ]);
    for (const { status, body } of answers)
      expect([status, body.code, body.silence_id]).toEqual([
        404,
        "INCIDENT_MONITOR_SILENCE_NOT_FOUND",
        "none",
      ]);
  });
});

it("from the report to the receipt: held, shown, refused in the contract's words, let go", async () => {
  const draftId = await newDraft("Job 7 failed");
  const silence = await made();
  const shown = { silence_id: silence.silence_id, until_ms: silence.expires_at_ms, reason: "See CHG-204" };
  const { draft } = (await api.call("GET", `${im}/drafts/${draftId}`)).body;
  expect(draft.silenced).toEqual(shown);
  const { incident } = (await api.call("GET", `${im}/incidents/${draft.incident_id}`)).body;
  expect(incident.silenced).toEqual(shown);
  const review = (await api.call("GET", `${im}/drafts/${draftId}/review`)).body;
  expect([review.draft.silenced, review.actions.publish.allowed]).toEqual([shown, false]);
  expect(review.route.blocked).toMatchObject([
    { code: "silenced", fields: { silence_id: silence.silence_id } },
  ]);

  const refused = await api.call("POST", `${im}/drafts/${draftId}/publish`, { body: {} });
  expect([refused.status, refused.body.code]).toEqual([400, "INCIDENT_MONITOR_DRAFT_PUBLISH_FAILED"]);
  expect(refused.body.detail).toContain(silence.silence_id);

  const expired = await api.call("POST", `${im}/silences/${silence.silence_id}/expire`);
  expect(expired.body.silence).toMatchObject({ state: "expired", version: 2, ended_by: { name: "admin" } });
  const again = await api.call("POST", `${im}/silences/${silence.silence_id}/expire`);
  expect([again.status, again.body.silence]).toEqual([200, expired.body.silence]);
  const published = await api.call("POST", `${im}/drafts/${draftId}/publish`, { body: {} });
  expect([published.status, published.body.action]).toEqual([200, "publish_in_progress"]);
  expect((await api.call("GET", `${im}/drafts/${draftId}`)).body.draft.silenced).toBeUndefined();
});

it("tells what it held, and when", async () => {
  const silence = await made();
  const draftId = await newDraft("Job 8 failed");
  const { draft } = (await api.call("GET", `${im}/drafts/${draftId}`)).body;
  await api.db.prisma.silenceHold.create({
    data: {
      ...{ id: "silence-hold-1", silenceId: silence.silence_id, draftId, incidentId: draft.incident_id },
      heldAt: new Date(5_000),
    },
  });
  const holds = async (query = "") =>
    (await api.call("GET", `${im}/silences/${silence.silence_id}/holds${query}`)).body;
  expect(await holds()).toEqual({
    holds: [
      {
        hold_id: "silence-hold-1",
        draft_id: draftId,
        incident_id: draft.incident_id,
        title: "Job 8 failed",
        held_at_ms: 5_000,
      },
    ],
    count: 1,
    total: 1,
  });
  expect((await api.call("GET", `${im}/drafts?state=held`)).body.drafts).toMatchObject([
    { draft_id: draftId },
  ]);
  expect((await api.call("GET", `${im}/silences/${silence.silence_id}`)).body.silence.held_now).toBe(1);
  await api.call("POST", `${im}/silences/${silence.silence_id}/expire`);
  expect((await holds("?open=true")).total).toBe(0);
  expect((await holds("?open=false")).holds).toMatchObject([{ release_reason: "expired" }]);
});
