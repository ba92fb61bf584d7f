import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { type LinearFake, type LinearStep, startLinearFake } from "@/e2e/fakes/linear";
import {
  sampleDestination,
  sampleEnvelope,
  samplePayloadSubject,
  samplePublishRequest,
} from "@/e2e/fakes/sample-payload";
import type { Destination, JsonObject } from "@/lib/domain/config";
import { reason } from "@/lib/domain/reason";
import { createSafeFetch } from "@/lib/net/safe-fetch";
import type { AdapterContext } from "./destination";
import { linearAdapter } from "./linear";
import { parseLinearMarkers } from "./linear-payload";
import { effectId, isClosed } from "./linear-search";

const fetch = createSafeFetch();
let fake: LinearFake;
beforeEach(async () => {
  await fake?.close();
  fake = await startLinearFake();
});
afterAll(async () => {
  await fetch.destroy();
  await fake.close();
});

const context: AdapterContext = {
  fetch,
  resolveSecret: () => ({ ok: true, values: ["lin_api_test"] }),
  privateNetworks: [],
  nowMs: Date.now(),
};
const { issues } = linearAdapter;
if (!issues) throw new Error("Linear is a tracker");

function destinationOf(fields: Partial<Destination> = {}, config: JsonObject = {}): Destination {
  return sampleDestination({
    ...{ kind: "linear_issue", linearTeam: "SHOP", linearProject: "Reliability", ...fields },
    config: {
      ...{ api_key_ref: "env:TANDEM_LINEAR_KEY", api_url: fake.url, timeout_ms: 2_000 },
      ...{ allow_insecure_http: true, allow_private_networks: true, ...config },
    },
  });
}

function requestFor(destination = destinationOf(), subject = samplePayloadSubject(), key = "b".repeat(64)) {
  const rendered = linearAdapter.render(destination, subject);
  if (!rendered.ok) throw new Error(rendered.reason.message);
  const envelope = { ...sampleEnvelope, idempotencyKey: key };
  const body = linearAdapter.seal(rendered.payload, envelope);
  return samplePublishRequest(rendered.payload, body, { idempotencyKey: key });
}

describe("readiness", () => {
  it.each<[string, Partial<Destination>, JsonObject, string[]]>([
    ["complete", {}, {}, []],
    ["no team", { linearTeam: " " }, {}, ["linear_team_missing"]],
    ["no project", { linearProject: undefined }, {}, ["linear_project_missing"]],
    ["no key", {}, { api_key_ref: "" }, ["api_key_ref_missing"]],
    ["labels that are none", {}, { labels: [7] }, ["labels_malformed"]],
    [
      "a template with an unknown placeholder",
      {},
      { body_template: "{{nonsense}}" },
      ["body_template_unknown_placeholder"],
    ],
    ["an address of this machine", {}, { allow_private_networks: false }, ["address_loopback", "url_port"]],
  ])("%s", (_name, fields, config, codes) => {
    const found = linearAdapter.readiness(destinationOf(fields, config), context).map((each) => each.code);
    expect(found).toEqual(codes);
  });

  it("a key that is not set is named, its value never", () => {
    const unset = {
      ...context,
      resolveSecret: () => ({ ok: false, reason: reason("secret_unset", "not set") }) as const,
    };
    expect(linearAdapter.readiness(destinationOf(), unset).map((each) => each.code)).toEqual([
      "secret_unset",
    ]);
  });
});

describe("publishing", () => {
  it("creates one issue with team, project, priority and the labels that the team has", async () => {
    const destination = destinationOf({}, { labels: ["incident-monitor", "ledger", "unknown"] });
    const outcome = await linearAdapter.publish(destination, requestFor(destination), context);
    expect(outcome).toMatchObject({
      outcome: "published",
      externalTitle: "SHOP-1",
      externalUrl: expect.stringContaining("/issue/SHOP-1"),
      receipt: {
        provider: "linear",
        operation: "create_issue",
        issue_identifier: "SHOP-1",
        target_ref: "SHOP/Reliability",
      },
    });
    const [issue] = fake.issues;
    expect(issue).toMatchObject({ teamId: "team-shop", projectId: "project-reliability", priority: 3 });
    expect(issue?.labelIds).toEqual(["label-monitor"]);
    expect(issue?.description).toContain("`tandem:destination:v1:linear`");
    expect(parseLinearMarkers(issue?.description)).toMatchObject({ delivery: "b".repeat(64) });
    expect(JSON.stringify(outcome)).not.toContain("lin_api_test");
  });

  it.each([
    ["critical", 1],
    ["high", 2],
    ["medium", 3],
    ["low", 4],
    ["never heard of", 3],
  ])("risk %s is priority %i", (riskLevel, priority) => {
    const subject = samplePayloadSubject({ draft: { riskLevel } });
    expect(JSON.parse(requestFor(destinationOf(), subject).body).priority).toBe(priority);
  });

  it("asking twice under one key makes one issue", async () => {
    const request = requestFor();
    await linearAdapter.publish(destinationOf(), request, context);
    const again = await linearAdapter.publish(destinationOf(), request, context);
    expect(again).toMatchObject({ outcome: "published", externalId: fake.issues[0]?.id });
    expect(fake.issues).toHaveLength(1);
  });

  it.each<[string, Partial<Destination>, string]>([
    ["a team there is not", { linearTeam: "NONE" }, "team_not_found"],
    ["another team's project", { linearProject: "Ledger" }, "project_not_found"],
  ])("%s is refused by name, and nothing is made", async (_name, fields, code) => {
    const destination = destinationOf(fields);
    const outcome = await linearAdapter.publish(destination, requestFor(destination), context);
    expect(outcome).toMatchObject({ outcome: "rejected", reason: { code } });
    expect(fake.issues).toHaveLength(0);
  });

  it("a test reads and makes nothing", async () => {
    const rendered = linearAdapter.renderTest(destinationOf());
    if (!rendered.ok) throw new Error("no test");
    const request = samplePublishRequest(
      rendered.payload,
      linearAdapter.seal(rendered.payload, sampleEnvelope),
    );
    const outcome = await linearAdapter.publish(destinationOf(), { ...request, test: true }, context);
    expect(outcome).toMatchObject({ outcome: "published", receipt: { test: true, known_labels: 1 } });
    expect(fake.issues).toHaveLength(0);
  });

  it.each<[string, LinearStep, Record<string, unknown>, number]>([
    ["the reply is lost after the write", { kind: "drop" }, { outcome: "ambiguous" }, 1],
    ["the reply is lost before it", { kind: "drop", writes: false }, { outcome: "ambiguous" }, 0],
    ["a 502 after the write", { kind: "status", status: 502, writes: true }, { outcome: "ambiguous" }, 1],
    ["a reply that is no GraphQL", { kind: "malformed" }, { outcome: "ambiguous" }, 1],
    ["a reply too large to read", { kind: "huge", bytes: 6_000_000 }, { outcome: "ambiguous" }, 1],
    ["no reply in time", { kind: "delay", ms: 60_000 }, { outcome: "ambiguous" }, 1],
    [
      "an internal error of theirs",
      { kind: "error", code: "INTERNAL_SERVER_ERROR" },
      { outcome: "ambiguous" },
      0,
    ],
    [
      "rate limited",
      { kind: "rateLimited", resetInMs: 30_000 },
      { outcome: "retryable", reason: { code: "rate_limited" } },
      0,
    ],
    [
      "429 with Retry-After",
      { kind: "status", status: 429, headers: { "retry-after": "7" } },
      { outcome: "retryable", retryAfterMs: 7_000 },
      0,
    ],
    [
      "unauthorised",
      { kind: "error", code: "AUTHENTICATION_ERROR" },
      { outcome: "rejected", reason: { code: "unauthorised" } },
      0,
    ],
    [
      "invalid input",
      { kind: "error", code: "INVALID_INPUT" },
      { outcome: "rejected", reason: { code: "linear_refused" } },
      0,
    ],
    [
      "a redirect",
      { kind: "status", status: 302 },
      { outcome: "rejected", reason: { code: "redirect_refused" } },
      0,
    ],
  ])("%s", async (_name, step, expected, made) => {
    fake.script("Create", step);
    const destination = destinationOf({}, { timeout_ms: 1_000 });
    const outcome = await linearAdapter.publish(destination, requestFor(destination), context);
    expect(outcome).toMatchObject(expected);
    expect(fake.issues).toHaveLength(made);
    expect(fake.requests.filter((each) => each.operation === "Create")).toHaveLength(1);
  });

  it("cancelled while waiting: nobody knows", async () => {
    const stop = new AbortController();
    fake.script("Create", { kind: "delay", ms: 60_000 });
    const sent = fake.waitFor("Create");
    const pending = linearAdapter.publish(destinationOf(), requestFor(), { ...context, signal: stop.signal });
    await sent;
    stop.abort();
    expect(await pending).toMatchObject({ outcome: "ambiguous" });
  });

  it("nobody listening: nothing was sent, so it may be tried again", async () => {
    const destination = destinationOf();
    const request = requestFor(destination);
    await fake.close();
    expect(await linearAdapter.publish(destination, request, context)).toMatchObject({
      outcome: "retryable",
    });
  });
});

describe("looking for what is there", () => {
  const find = (request = requestFor(), within?: { externalId: string }) =>
    issues.find(destinationOf(), request, context, within);

  it("its own effect, by the id that follows from its key", async () => {
    await linearAdapter.publish(destinationOf(), requestFor(), context);
    expect(await find()).toMatchObject({
      outcome: "found",
      ownEffect: { issue: { reference: "SHOP-1" }, commentId: null },
    });
  });

  it("case 102: another draft's issue of the same failure, to be linked instead of a second one", async () => {
    await linearAdapter.publish(destinationOf(), requestFor(), context);
    const other = requestFor(destinationOf(), samplePayloadSubject(), "c".repeat(64));
    expect(await find(other)).toMatchObject({
      outcome: "found",
      ownEffect: null,
      matches: [{ reference: "SHOP-1", state: "open" }],
    });
  });

  it("a marker that is quoted in the middle is nobody's; an equal title is only a suggestion", async () => {
    const { description } = JSON.parse(JSON.stringify({ description: JSON.parse(requestFor().body).body }));
    fake.addIssue({ description: `${description}\n\nsomebody wrote this below` });
    fake.addIssue({ title: JSON.parse(requestFor().body).title });
    expect(await find(requestFor(destinationOf(), samplePayloadSubject(), "c".repeat(64)))).toMatchObject({
      outcome: "absent",
      suggestions: [{ reference: "SHOP-2" }],
    });
  });

  it("case 100: the state's type counts over its name, and what is archived is over", () => {
    const state = (name: string, type: string | null) => ({ state: { name, type }, archivedAt: null });
    expect(isClosed(state("Done", "started"))).toBe(false);
    expect(isClosed(state("In review", "completed"))).toBe(true);
    expect(isClosed(state("Whatever", "canceled"))).toBe(true);
    expect(isClosed(state("Won't fix", null))).toBe(true);
    expect(isClosed(state("Todo", null))).toBe(false);
    expect(isClosed({ state: null, archivedAt: "2026-01-01" })).toBe(true);
  });

  it("comments once under one key, and finds that comment again", async () => {
    await linearAdapter.publish(destinationOf(), requestFor(), context);
    const [issue] = fake.issues;
    const other = requestFor(destinationOf(), samplePayloadSubject(), "c".repeat(64));
    const looked = await issues.look(destinationOf(), issue?.id ?? "", context);
    if (looked.outcome !== "there") throw new Error("not there");
    fake.script("Comment", { kind: "drop" });
    expect(await issues.comment(destinationOf(), looked.issue, other, context)).toMatchObject({
      outcome: "ambiguous",
    });
    const found = await find(other, { externalId: issue?.id ?? "" });
    expect(found).toMatchObject({ ownEffect: { commentId: effectId("comment", "c".repeat(64)) } });
    expect(issue?.comments).toHaveLength(1);
  });

  it.each<[string, LinearStep]>([
    ["a broken server", { kind: "status", status: 503 }],
    ["a lost reply", { kind: "drop" }],
    ["a rate limit", { kind: "rateLimited", resetInMs: 5_000 }],
    ["nonsense", { kind: "malformed" }],
  ])("%s says nothing: unknown, never absent", async (_name, step) => {
    fake.script("Find", step);
    expect(await find()).toMatchObject({ outcome: "unknown" });
  });

  it("one that is gone is gone", async () => {
    expect(await issues.look(destinationOf(), "nobody", context)).toEqual({ outcome: "gone" });
  });
});

describe("a create that is refused because it happened before", () => {
  it("is that issue, when every look before was too early to see it", async () => {
    fake.lagReads(1);
    fake.script("Create", { kind: "drop" });
    const request = requestFor();
    const first = await linearAdapter.publish(destinationOf(), request, context);
    expect(first).toMatchObject({ outcome: "ambiguous" });
    expect(await issues.find(destinationOf(), request, context)).toMatchObject({ outcome: "absent" });
    const second = await linearAdapter.publish(destinationOf(), request, context);
    expect(second).toMatchObject({
      ...{ outcome: "published", externalId: effectId("issue", request.idempotencyKey) },
      receipt: { operation: "create_issue", issue_identifier: "SHOP-1" },
    });
    expect(fake.issues).toHaveLength(1);
  });
});
