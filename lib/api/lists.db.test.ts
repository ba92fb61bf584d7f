import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { draftListSchema } from "@/lib/contracts/draft";
import { incidentListSchema, occurrencesSchema } from "@/lib/contracts/incident";
import { intakeKeyListSchema } from "@/lib/contracts/intake-key";
import { postListSchema } from "@/lib/contracts/post";
import { createTestApi, type TestApi } from "@/lib/testing/api";
import { aDelivery } from "@/lib/testing/records";

let api: TestApi;
let incidentId: string;
const im = "/incident-monitor";

beforeAll(async () => {
  api = await createTestApi();
  const project = { name: "Shop", repo: "acme/shop", workspace_root: "/workspace/repos/shop" };
  await api.call("PUT", "/config/incident-monitor/projects/shop", { body: project });
  for (const name of ["a", "b", "c"]) {
    await api.call("POST", `${im}/intake/keys`, { body: { project_id: "shop", name } });
  }
  const report = (index: number, fields: object = {}) =>
    api.call("POST", `${im}/report`, {
      body: {
        title: `Job ${index} failed`,
        detail: "exit 1",
        event: "ci.failed",
        fingerprint: `f${index}`,
        ...fields,
      },
    });
  await report(1, { risk_level: "high", source: "nightly" });
  await report(2);
  await report(3, { risk_level: "low" });
  const again = await report(2);
  incidentId = again.body.draft.incident_id;
  await aDelivery(api.db, { draftId: again.body.draft.draft_id, destinationId: "hook" });
});
afterAll(() => api.close());

const titles = (rows: Array<{ title: string }>) => rows.map((row) => row.title).sort();

describe("filters", () => {
  it.each([
    ["incidents", "fingerprint=f1", ["Job 1 failed"]],
    ["incidents", "risk=medium", ["Job 1 failed", "Job 2 failed"]],
    ["incidents", "severity=high", ["Job 1 failed"]],
    ["incidents", "source=nightly", ["Job 1 failed"]],
    ["incidents", "destination=hook", ["Job 2 failed"]],
    ["incidents", "status=draft_created&q=JOB%203", ["Job 3 failed"]],
    ["incidents", "until=1", []],
    ["incidents", "since=2020-01-01T00:00Z&held=false", ["Job 1 failed", "Job 2 failed", "Job 3 failed"]],
    ["drafts", "status=approval_required", ["Job 1 failed"]],
    ["drafts", "approval=not_required&triage=none&issue=none", ["Job 2 failed", "Job 3 failed"]],
    ["drafts", "delivery=due", ["Job 2 failed"]],
    ["drafts", "fingerprint=f3", ["Job 3 failed"]],
    ["drafts", "risk=high", ["Job 1 failed"]],
    ["posts", "destination=hook", ["Job 2 failed"]],
    ["posts", "destination_id=hook&status=pending&state=due", ["Job 2 failed"]],
    ["posts", "risk=high", []],
    ["posts", "q=job%202", ["Job 2 failed"]],
  ])("%s?%s", async (list, query, expected) => {
    const answer = await api.call("GET", `${im}/${list}?${query}`);
    expect(answer.status).toBe(200);
    expect(titles(answer.body[list])).toEqual(expected);
    expect([answer.body.count, answer.body.total]).toEqual([expected.length, expected.length]);
  });

  it.each([
    ["incidents", "status=nonsense", "status"],
    ["incidents", "severity=urgent", "severity"],
    ["incidents", "since=yesterday", "since"],
    ["incidents", "held=maybe", "held"],
    ["incidents", "cursor=unreadable", "cursor"],
    ["drafts", "risk=terrible", "risk"],
    ["drafts", "state=nonsense", "state"],
    ["drafts", "approval=nonsense", "approval"],
    ["drafts", "limit=-1", "limit"],
    ["posts", "state=nonsense", "state"],
    ["posts", "until=2026-02-30T99:00Z", "until"],
    ["intake/keys", "enabled=1", "enabled"],
    ["intake/keys", "cursor=x", "cursor"],
  ])("%s?%s is 400 and names %s", async (list, query, field) => {
    const answer = await api.call("GET", `${im}/${list}?${query}`);
    expect([answer.status, answer.body.field]).toEqual([400, field]);
  });
});

describe("pages", () => {
  it("have the shape that is declared, with a cursor while more follow and without one at the end", async () => {
    const schemas = { incidents: incidentListSchema, drafts: draftListSchema, posts: postListSchema };
    for (const [list, schema] of Object.entries(schemas)) {
      const answer = await api.call("GET", `${im}/${list}?limit=2`);
      expect(schema.strict().parse(answer.body)).toEqual(answer.body);
      expect([list, typeof answer.body.next_cursor]).toEqual([
        list,
        list === "posts" ? "undefined" : "string",
      ]);
    }
    const exactly = await api.call("GET", `${im}/incidents?limit=3`);
    expect([exactly.body.count, exactly.body.next_cursor]).toEqual([3, undefined]);
  });

  it("occurrences page", async () => {
    const path = `${im}/incidents/${incidentId}/occurrences`;
    const first = await api.call("GET", `${path}?limit=1`);
    expect(occurrencesSchema.strict().parse(first.body)).toMatchObject({ count: 1, total: 2 });
    const cursor = encodeURIComponent(first.body.next_cursor);
    const second = await api.call("GET", `${path}?limit=1&cursor=${cursor}`);
    expect(second.body.next_cursor).toBeUndefined();
    expect(second.body.occurrences[0].occurrence_id).not.toBe(first.body.occurrences[0].occurrence_id);
    expect((await api.call("GET", `${path}?limit=1&cursor=${cursor}&until=5`)).status).toBe(400);
  });

  it("keys come all at once, and in pages when asked", async () => {
    const all = await api.call("GET", `${im}/intake/keys`);
    expect(intakeKeyListSchema.strict().parse(all.body).keys).toHaveLength(3);
    expect(all.body).not.toHaveProperty("next_cursor");
    const first = await api.call("GET", `${im}/intake/keys?limit=2&project=shop`);
    const cursor = encodeURIComponent(first.body.next_cursor);
    const rest = await api.call("GET", `${im}/intake/keys?project=shop&cursor=${cursor}`);
    expect(rest.body.keys.map((key: { name: string }) => key.name)).toEqual(["c"]);
    expect((await api.call("GET", `${im}/intake/keys?project=other`)).body.keys).toEqual([]);
  });
});
