import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { McpStep } from "@/e2e/fakes/mcp";
import { samplePayloadSubject } from "@/e2e/fakes/sample-payload";
import { type TrackerGround, trackerGround, trackerStories } from "@/e2e/fakes/tracker-ground";
import { readTools } from "@/lib/mcp/read-tools";

const otherKey = "d".repeat(64);

describe.each(trackerStories)("$name over an MCP server", (story) => {
  let ground: TrackerGround;
  beforeEach(async () => {
    ground = await trackerGround(story);
  });
  afterEach(() => ground.close());

  const row = () => story.destination();
  const publish = (request = ground.request(), overrides = {}) =>
    ground.adapter.publish(row(), request, ground.context(overrides));
  const find = (request = ground.request(), within?: { externalId: string }) =>
    ground.adapter.issues.find(row(), request, ground.context(), within);
  const writes = () => ground.box.calls.filter(({ name, arguments: args }) => ground.box.makes(name, args));

  it("is ready when the server has its tools, and says what is missing when it has not", () => {
    expect(ground.adapter.readiness(row(), ground.context())).toEqual([]);
    const without = (names: string[]) => {
      const tools = ground.server.tools.filter(({ name }) => !names.includes(name));
      const server = { ...ground.server, tools };
      return ground.adapter.readiness(row(), ground.context({ mcpServers: new Map([["tickets", server]]) }));
    };
    expect(without([story.makes.create])).toMatchObject([
      { code: "mcp_capability_missing", message: expect.stringContaining("create an issue") },
    ]);
    expect(without([story.makes.comment])).toMatchObject([{ code: "mcp_capability_missing" }]);
    const forbidden = { ...ground.server, allowedTools: ["list_issues"] };
    const shut = ground.context({ mcpServers: new Map([["tickets", forbidden]]) });
    expect(ground.adapter.readiness(row(), shut)).toMatchObject([{ code: "mcp_capability_missing" }]);
    const nobody = ground.context({ mcpServers: new Map() });
    expect(ground.adapter.readiness(row(), nobody)).toMatchObject([{ code: "mcp_server_unknown" }]);
    const cut = { ...ground.server, lastError: { code: "connection_refused", message: "Nobody there." } };
    const away = ground.context({ mcpServers: new Map([["tickets", cut]]) });
    expect(ground.adapter.readiness(row(), away)).toMatchObject([{ code: "mcp_server_not_connected" }]);
  });

  it("files one issue with one call, and finds it again by its own marker", async () => {
    expect(await find()).toEqual({ outcome: "absent", suggestions: [] });
    const outcome = await publish();
    expect(outcome).toMatchObject({
      outcome: "published",
      externalId: story.firstId,
      externalUrl: expect.stringMatching(/^https:\/\//),
      receipt: { operation: "create_issue", status: "posted", server: "tickets", tool: story.makes.create },
    });
    expect(writes()).toHaveLength(1);
    expect(story.bodyAt(ground.box, 0)).toContain("POST /checkout answered 504 three times");
    expect(await find()).toMatchObject({
      outcome: "found",
      ownEffect: { issue: { externalId: story.firstId } },
    });
    const later = ground.request({ key: otherKey });
    expect(await find(later)).toMatchObject({
      ...{ outcome: "found", ownEffect: null },
      matches: [{ externalId: story.firstId, state: "open" }],
    });
    story.close(ground.box, 0);
    expect(await find(later)).toMatchObject({ matches: [{ state: "closed" }] });
    expect(await ground.adapter.issues.look(row(), story.firstId, ground.context())).toMatchObject({
      ...{ outcome: "there", issue: { state: "closed" } },
    });
  });

  it("is found again whatever a server cuts out of a body", async () => {
    const detail = "if (a<b && c > d) throw new Error('x'); List<Order> orders; <unclosed tag";
    const subject = samplePayloadSubject({ draft: { ...samplePayloadSubject().draft, detail } });
    const request = ground.request({ subject });
    await publish(request);
    expect(await find(request)).toMatchObject({ ownEffect: { issue: { externalId: story.firstId } } });
  });

  it("an equal title is a suggestion; markers that a report quotes are nobody's", async () => {
    const sealed = JSON.parse(ground.request().body) as { title: string; body: string };
    story.addOther(ground.box, sealed.title, `Somebody quotes:\n\n${sealed.body}\n\nand says more.`);
    const found = await find();
    expect(found).toMatchObject({ outcome: "absent", suggestions: [{ externalId: story.firstId }] });
  });

  it("comments on an open issue, and finds that comment again", async () => {
    await publish();
    const issue = await ground.adapter.issues.look(row(), story.firstId, ground.context());
    if (issue.outcome !== "there") throw new Error("no issue");
    const request = ground.request({ key: otherKey });
    expect(await find(request, { externalId: story.firstId })).toMatchObject({ ownEffect: null });
    const outcome = await ground.adapter.issues.comment(row(), issue.issue, request, ground.context());
    expect(outcome).toMatchObject({
      ...{ outcome: "published", operation: "comment_issue", externalId: story.firstId },
      receipt: { operation: "comment_issue", tool: story.makes.comment },
    });
    expect(story.commentsAt(ground.box, 0)).toEqual([
      expect.stringContaining("The same failure was reported"),
    ]);
    expect(await find(request, { externalId: story.firstId })).toMatchObject({
      ownEffect: { issue: { externalId: story.firstId }, commentId: expect.any(String) },
    });
  });

  it("an issue that is gone is gone, and what is no issue's name is not asked for", async () => {
    const unknownId = story.firstId.replace("1", "77");
    const { issues } = ground.adapter;
    expect(await issues.look(row(), unknownId, ground.context())).toEqual({ outcome: "gone" });
    const calls = ground.box.calls.length;
    expect(await issues.look(row(), "../1", ground.context())).toMatchObject({
      reason: { code: "issue_number_malformed" },
    });
    expect(ground.box.calls).toHaveLength(calls);
  });

  it.each<[string, McpStep, Record<string, unknown>, number]>([
    ["a lost reply", { kind: "drop" }, { outcome: "ambiguous" }, 1],
    ["a hang", { kind: "hang", writes: true }, { outcome: "ambiguous", reason: { code: "timeout" } }, 1],
    ["500", { kind: "status", status: 500, writes: true }, { outcome: "ambiguous" }, 1],
    ["no MCP", { kind: "malformed" }, { outcome: "ambiguous" }, 1],
    ["a huge answer", { kind: "huge", bytes: 3_000_000 }, { outcome: "ambiguous" }, 1],
    ["an answer that names no issue", { kind: "openStream" }, { outcome: "ambiguous" }, 1],
    ["429", { kind: "status", status: 429 }, { outcome: "retryable", retryAfterMs: 60_000 }, 0],
    ["401", { kind: "status", status: 401 }, { outcome: "blocked" }, 0],
    ["sign in first", { kind: "signIn" }, { outcome: "blocked", reason: { code: "sign_in_required" } }, 0],
    ["a failure nobody explains", { kind: "isError" }, { outcome: "ambiguous" }, 0],
    [
      "422 in band",
      {
        kind: "isError",
        words: "failed to create issue: POST https://api.github.com/x: 422 Validation Failed []",
      },
      { outcome: "rejected", reason: { code: "tracker_refused" } },
      0,
    ],
    [
      "403 in band",
      { kind: "isError", words: "POST https://api.github.com/x: 403 Resource not accessible" },
      { outcome: "rejected", reason: { code: "unauthorised" } },
      0,
    ],
    [
      "a rate limit in band",
      { kind: "isError", words: "403 API rate limit exceeded for installation" },
      { outcome: "retryable", reason: { code: "rate_limited" } },
      0,
    ],
    ["an unknown tool", { kind: "throws", code: -32_602, message: "no" }, { outcome: "rejected" }, 0],
  ])("%s: one call, never a second", async (_, step, expected, effects) => {
    const patient = story.destination({ timeout_ms: 1_000 });
    const request = ground.request({ destination: patient });
    ground.fake.script(step);
    const outcome = await ground.adapter.publish(patient, request, ground.context());
    expect(outcome).toMatchObject(expected);
    expect(story.countOf(ground.box)).toBe(effects);
    expect(ground.fake.methods.filter((method) => method === "tools/call")).toHaveLength(1);
    if (effects === 1) expect(await find(request)).toMatchObject({ ownEffect: expect.any(Object) });
    expect(JSON.stringify(outcome)).not.toMatch(
      /Resource not accessible.*message|Validation Failed.*message/,
    );
  });

  it("a tool that changed since the approval is not called", async () => {
    const request = ground.request();
    const changed = ground.box.tools().map((tool) =>
      tool.name === story.makes.create
        ? {
            ...tool,
            inputSchema: { ...tool.inputSchema, properties: { ...tool.inputSchema.properties, more: {} } },
          }
        : tool,
    );
    ground.box.tools = () => changed;
    expect(readTools(changed)).not.toEqual(ground.server.tools);
    expect(await publish(request)).toMatchObject({ outcome: "rejected", reason: { code: "tool_changed" } });
    expect(ground.box.calls).toEqual([]);
  });

  it("another server, place or way than the one approved is not sent to", async () => {
    const request = ground.request();
    const moved = { ...ground.server, identity: "elsewhere" };
    expect(await publish(request, { mcpServers: new Map([["tickets", moved]]) })).toMatchObject({
      reason: { code: "target_changed" },
    });
    const place =
      story.destination().kind === "github_issue" ? { repo: "example/other" } : { linearTeam: "OTHER" };
    const elsewhere = await ground.adapter.publish({ ...row(), ...place }, request, ground.context());
    expect(elsewhere).toMatchObject({ outcome: "rejected", reason: { code: "target_changed" } });
    const own = { token_ref: "env:TANDEM_X", api_key_ref: "env:TANDEM_X" };
    const direct = await ground.adapter.publish(story.destination(own), request, ground.context());
    expect(direct).toMatchObject({ outcome: "rejected", reason: { code: "target_changed" } });
    expect(ground.box.calls).toEqual([]);
  });

  it("a test reads and makes nothing", async () => {
    const rendered = ground.adapter.renderTest(row(), ground.context().mcpServers);
    if (!rendered.ok) throw new Error(rendered.reason.message);
    expect(JSON.stringify(rendered.payload)).not.toMatch(/Checkout|acme/);
    const envelope = { deliveryId: "d", idempotencyKey: otherKey, createdAtMs: 0 };
    const body = ground.adapter.seal(rendered.payload, envelope);
    const { targetRef, operation } = rendered.payload;
    const outcome = await publish(ground.request({ body, targetRef, operation, test: true }));
    expect(outcome).toMatchObject({
      outcome: "published",
      operation: "check_target",
      receipt: { test: true },
    });
    expect(ground.box.calls.map(({ name }) => name)).toEqual(["list_issues"]);
  });

  it("what cannot be looked up is not known, and never absent", async () => {
    const tools = ground.box.tools();
    ground.box.call = () => ({ content: [{ type: "text", text: "No issues, sorry" }] });
    ground.box.tools = () => tools;
    expect(await find()).toMatchObject({ outcome: "unknown", reason: { code: "reply_unreadable" } });
    ground.box.call = () => ({
      isError: true,
      content: [{ type: "text", text: "GET x: 401 Bad credentials" }],
    });
    expect(await find()).toMatchObject({
      outcome: "unknown",
      refused: true,
      reason: { code: "unauthorised" },
    });
    ground.box.call = () => ({ isError: true, content: [{ type: "text", text: "GET x: 502 Bad Gateway" }] });
    expect(await find()).not.toMatchObject({ refused: true });
  });
});
