import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  budgetFaults,
  chargeCall,
  type ModelBudget,
  type ModelUsage,
  noUsage,
  planCall,
} from "./model-budget";

const budget: ModelBudget = {
  callCountMax: 6,
  toolCallCountMax: 10,
  inputTokenMax: 100_000,
  outputTokenMax: 8_000,
  durationMsMax: 90_000,
  costMax: 1,
  inputPricePerMillion: 2,
  outputPricePerMillion: 10,
};
const plan = (
  usage: Partial<ModelUsage> = {},
  next: { requestBytes?: number; elapsedMs?: number } = {},
  more: Partial<ModelBudget> = {},
) =>
  planCall({ ...budget, ...more }, { ...noUsage, ...usage }, { requestBytes: 3_000, elapsedMs: 0, ...next });

describe("planCall", () => {
  it("allows the first call half the output, and a minute", () => {
    expect(plan()).toEqual({
      ok: true,
      inputTokens: 1_000,
      outputTokenMax: 4_000,
      timeoutMs: 60_000,
      mustAnswer: false,
    });
  });

  it.each<[string, ReturnType<typeof plan>, string]>([
    ["calls", plan({ callCount: 6 }), "calls"],
    ["time", plan({}, { elapsedMs: 90_000 }), "seconds"],
    ["time that is no number", plan({}, { elapsedMs: Number.NaN }), "seconds"],
    ["input used", plan({ inputTokens: 99_001 }), "input_tokens"],
    ["input of this call", plan({}, { requestBytes: 300_003 }), "input_tokens"],
    ["output too short for an answer", plan({ outputTokens: 7_745 }), "output_tokens"],
    ["money for the input alone", plan({ cost: 0.9981 }), "money"],
    ["money for too little output", plan({ cost: 0.9955 }), "money"],
    ["no money at all", plan({}, {}, { costMax: 0 }), "money"],
  ])("stops before a call that would overdraw: %s", (_, decided, usedUp) => {
    expect(decided).toEqual({ ok: false, usedUp });
  });

  it.each<[string, ReturnType<typeof plan>]>([
    ["only the answer's call and its repair are left", plan({ callCount: 4 })],
    ["no tool call is left", plan({ toolCallCount: 10 })],
    ["two thirds of the time are gone", plan({}, { elapsedMs: 60_001 })],
    ["another round of input would not fit", plan({ inputTokens: 97_001 })],
    ["another round cannot be paid", plan({ cost: 0.985 })],
  ])("asks for the answer when %s", (_, decided) => {
    expect(decided).toMatchObject({ ok: true, mustAnswer: true });
  });

  it("cuts the output to what can be paid, and the time to what is left", () => {
    expect(plan({ cost: 0.978 }, { elapsedMs: 50_000 })).toMatchObject({
      outputTokenMax: 2_000,
      timeoutMs: 40_000,
    });
  });

  it("lets a model that costs nothing be asked", () => {
    const free = { costMax: 0, inputPricePerMillion: 0, outputPricePerMillion: 0 };
    expect(plan({}, {}, free)).toMatchObject({ ok: true, outputTokenMax: 4_000 });
  });
});

describe("chargeCall", () => {
  const call = { requestBytes: 3_000, replyBytes: 300, reported: null, lostOutputTokens: 0, elapsedMs: 10 };

  it.each<[string, Parameters<typeof chargeCall>[2]["reported"], Partial<ModelUsage>]>([
    [
      "what is told",
      { inputTokens: 900, outputTokens: 80 },
      { inputTokens: 900, outputTokens: 80, estimatedCallCount: 0 },
    ],
    ["an estimate where nothing is", null, { inputTokens: 1_000, outputTokens: 100, estimatedCallCount: 1 }],
    [
      "no count that is too small",
      { inputTokens: 0, outputTokens: 80 },
      { inputTokens: 1_000, estimatedCallCount: 1 },
    ],
    [
      "no output of nothing",
      { inputTokens: 900, outputTokens: 0 },
      { outputTokens: 100, estimatedCallCount: 1 },
    ],
    ["no negative", { inputTokens: -5, outputTokens: 80 }, { inputTokens: 1_000, estimatedCallCount: 1 }],
    ["no infinity", { inputTokens: Number.POSITIVE_INFINITY, outputTokens: 1 }, { inputTokens: 1_000 }],
    ["a claim of too much", { inputTokens: 1e9, outputTokens: 80 }, { inputTokens: 1e9, tokensPerByte: 1 }],
  ])("counts %s", (_, reported, expected) => {
    expect(chargeCall(budget, noUsage, { ...call, reported })).toMatchObject({ callCount: 1, ...expected });
  });

  it("counts all that a lost reply may have been", () => {
    const usage = chargeCall(budget, noUsage, { ...call, replyBytes: 0, lostOutputTokens: 4_000 });
    expect(usage).toMatchObject({ outputTokens: 4_000, cost: 0.042 });
  });

  it("estimates later calls by what earlier ones cost", () => {
    const dear = chargeCall(budget, noUsage, { ...call, reported: { inputTokens: 2_400, outputTokens: 80 } });
    expect(planCall(budget, dear, { requestBytes: 3_000, elapsedMs: 0 })).toMatchObject({
      inputTokens: 2_400,
    });
  });
});

it("never lets an honest endpoint overdraw, whatever is asked", () => {
  const round = fc.record({
    requestBytes: fc.integer({ min: 1, max: 200_000 }),
    outputShare: fc.double({ min: 0, max: 1, noNaN: true }),
    tookMs: fc.integer({ min: 0, max: 30_000 }),
  });
  fc.assert(
    fc.property(fc.array(round, { maxLength: 20 }), (rounds) => {
      let usage = noUsage;
      let elapsedMs = 0;
      for (const { requestBytes, outputShare, tookMs } of rounds) {
        const planned = planCall(budget, usage, { requestBytes, elapsedMs });
        if (!planned.ok) break;
        elapsedMs += Math.min(tookMs, planned.timeoutMs);
        const outputTokens = Math.floor(planned.outputTokenMax * outputShare);
        const reported = { inputTokens: Math.ceil(requestBytes / 4), outputTokens };
        usage = chargeCall(budget, usage, {
          requestBytes,
          replyBytes: outputTokens * 4,
          reported,
          lostOutputTokens: 0,
          elapsedMs,
        });
      }
      expect(usage.callCount).toBeLessThanOrEqual(budget.callCountMax);
      expect(usage.inputTokens).toBeLessThanOrEqual(budget.inputTokenMax);
      expect(usage.outputTokens).toBeLessThanOrEqual(budget.outputTokenMax);
      expect(usage.durationMs).toBeLessThanOrEqual(budget.durationMsMax);
      expect(usage.cost).toBeLessThanOrEqual(budget.costMax + 1e-9);
    }),
  );
});

it("names what is no amount", () => {
  expect(budgetFaults(budget)).toEqual([]);
  expect(budgetFaults({ ...budget, costMax: Number.NaN, callCountMax: -1 })).toEqual([
    "callCountMax",
    "costMax",
  ]);
});
