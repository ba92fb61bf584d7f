/**
 * What one analysis by a model may use, and whether its next call still fits. Tokens are sums over all calls; prices and
 * `costMax` are in one currency, whichever that is. Every number is a ceiling, and 0 allows nothing of it.
 */
export type ModelBudget = {
  callCountMax: number;
  toolCallCountMax: number;
  inputTokenMax: number;
  outputTokenMax: number;
  durationMsMax: number;
  costMax: number;
  inputPricePerMillion: number;
  outputPricePerMillion: number;
};

export type BudgetKind = "calls" | "input_tokens" | "output_tokens" | "seconds" | "money";

export type ModelUsage = {
  callCount: number;
  toolCallCount: number;
  inputTokens: number;
  outputTokens: number;
  durationMs: number;
  cost: number;
  /** Calls whose tokens are our own estimate: the endpoint told none, or fewer than there can have been. */
  estimatedCallCount: number;
  /** What a byte of a request has cost at most so far; later estimates start from it. */
  tokensPerByte: number;
};

/** Prose and code run at three to four bytes a token; three is the careful side of that. */
const tokensPerByteStart = 1 / 3;
/** No tokeniser in use needs fewer tokens than this for a text; a count below it is not believed. */
const tokensPerByteLeast = 1 / 16;
/** Too little for any answer: asking would only spend the input. */
const outputTokenMin = 256;
const callTimeoutMsMax = 60_000;

export const noUsage: ModelUsage = {
  callCount: 0,
  toolCallCount: 0,
  inputTokens: 0,
  outputTokens: 0,
  durationMs: 0,
  cost: 0,
  estimatedCallCount: 0,
  tokensPerByte: tokensPerByteStart,
};

export type CallPlan =
  | {
      ok: true;
      inputTokens: number;
      outputTokenMax: number;
      timeoutMs: number;
      /** Another round may not fit: tools are withheld, so that what is known so far becomes an answer. */
      mustAnswer: boolean;
    }
  | { ok: false; usedUp: BudgetKind };

/**
 * Decides before anything is sent, by the worst this call can come to: its input as estimated from its bytes and its output
 * as long as it is allowed to be. Two calls are kept back for the answer and its one repair, and of the output half, so that
 * reading cannot use up what the answer needs.
 */
export function planCall(
  budget: ModelBudget,
  usage: ModelUsage,
  next: { requestBytes: number; elapsedMs: number },
): CallPlan {
  const callsLeft = budget.callCountMax - usage.callCount;
  if (callsLeft < 1) return { ok: false, usedUp: "calls" };
  const msLeft = budget.durationMsMax - next.elapsedMs;
  if (!(msLeft >= 1)) return { ok: false, usedUp: "seconds" };
  const inputTokens = Math.ceil(next.requestBytes * usage.tokensPerByte);
  const inputLeft = budget.inputTokenMax - usage.inputTokens - inputTokens;
  if (!(inputLeft >= 0)) return { ok: false, usedUp: "input_tokens" };
  const outputLeft = budget.outputTokenMax - usage.outputTokens;
  if (!(outputLeft >= outputTokenMin)) return { ok: false, usedUp: "output_tokens" };
  const moneyLeft = budget.costMax - usage.cost - costOf(budget, inputTokens, 0);
  const affordable = affordableOutput(budget, moneyLeft);
  if (!(affordable >= outputTokenMin)) return { ok: false, usedUp: "money" };

  const mustAnswer =
    callsLeft <= 2 ||
    usage.toolCallCount >= budget.toolCallCountMax ||
    next.elapsedMs * 3 > budget.durationMsMax * 2 ||
    // The next round sends all of this again, and what was read besides.
    inputLeft < inputTokens * 2 ||
    moneyLeft < costOf(budget, inputTokens * 2, outputTokenMin * 4);
  const share = mustAnswer ? outputLeft : Math.max(outputTokenMin, Math.floor(outputLeft / 2));
  return {
    ok: true,
    inputTokens,
    outputTokenMax: Math.min(share, affordable),
    timeoutMs: Math.min(callTimeoutMsMax, Math.ceil(msLeft)),
    mustAnswer,
  };
}

export type CallCount = {
  requestBytes: number;
  replyBytes: number;
  /** As the endpoint tells it; null where it tells nothing. */
  reported: { inputTokens: number; outputTokens: number } | null;
  /** Of a reply that got lost: it may have been as long as was allowed, and is paid for. */
  lostOutputTokens: number;
  elapsedMs: number;
};

/** What was used after this call. An endpoint's own counts are believed unless they are too small to be true. */
export function chargeCall(budget: ModelBudget, usage: ModelUsage, call: CallCount): ModelUsage {
  const { reported } = call;
  const told =
    reported &&
    isBelievable(reported.inputTokens, call.requestBytes) &&
    isBelievable(reported.outputTokens, call.replyBytes)
      ? reported
      : null;
  const inputTokens = told?.inputTokens ?? Math.ceil(call.requestBytes * usage.tokensPerByte);
  const outputTokens =
    told?.outputTokens ?? call.lostOutputTokens + Math.ceil(call.replyBytes * tokensPerByteStart);
  const seen = told && call.requestBytes > 0 ? told.inputTokens / call.requestBytes : 0;
  return {
    callCount: usage.callCount + 1,
    toolCallCount: usage.toolCallCount,
    inputTokens: usage.inputTokens + inputTokens,
    outputTokens: usage.outputTokens + outputTokens,
    durationMs: call.elapsedMs,
    cost: usage.cost + costOf(budget, inputTokens, outputTokens),
    estimatedCallCount: usage.estimatedCallCount + (told ? 0 : 1),
    tokensPerByte: Math.min(1, Math.max(usage.tokensPerByte, seen)),
  };
}

/** Names of the fields that are no amount; a budget with any is no budget. */
export function budgetFaults(budget: ModelBudget): string[] {
  return Object.entries(budget)
    .filter(([, amount]) => !Number.isFinite(amount) || amount < 0)
    .map(([name]) => name);
}

const isBelievable = (tokens: number, bytes: number) =>
  Number.isSafeInteger(tokens) && tokens >= Math.floor(bytes * tokensPerByteLeast);

const costOf = (budget: ModelBudget, inputTokens: number, outputTokens: number) =>
  (inputTokens * budget.inputPricePerMillion + outputTokens * budget.outputPricePerMillion) / 1_000_000;

function affordableOutput(budget: ModelBudget, moneyLeft: number): number {
  if (!(moneyLeft >= 0)) return 0;
  if (budget.outputPricePerMillion === 0) return Number.MAX_SAFE_INTEGER;
  return Math.floor((moneyLeft * 1_000_000) / budget.outputPricePerMillion);
}
