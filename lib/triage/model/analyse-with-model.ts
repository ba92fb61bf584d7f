import type { ModelMessage } from "ai";
import { type BudgetKind, chargeCall, type ModelUsage, noUsage, planCall } from "@/lib/domain/model-budget";
import { type ModelOutput, readModelOutput } from "@/lib/domain/model-output";
import { type Reason, reason } from "@/lib/domain/reason";
import { checkOutput } from "./check-output";
import { describeSubject } from "./describe-subject";
import { answerNowWords, repairWords, systemWords } from "./instructions";
import type {
  ModelAnalysis,
  ModelDeps,
  ModelInput,
  ModelLimits,
  ModelOpinion,
  SentRequest,
  ToolUse,
} from "./model-analysis";
import { callModel, type ModelReply, requestBytesOf } from "./model-endpoint";
import { accessReasons } from "./model-readiness";
import { ReadLedger } from "./read-ledger";
import { runTool } from "./read-tools";
import { toolForms } from "./tool-requests";
import { cleanLine, cleanText, type Fence } from "./untrusted-text";

/**
 * Asks a model what it makes of a failure, beside what the rules found. It reads through four bounded tools, within a hard
 * budget, and only proposes: its answer is judged by a schema without destinations, approvals or tools, and its evidence by
 * what it was shown. Answers a value whatever the model or the network do.
 */
export async function analyseWithModel(
  input: ModelInput,
  deps: ModelDeps,
  limits: ModelLimits,
): Promise<ModelAnalysis> {
  const reasons = accessReasons(deps.access, limits.budget);
  if (!/^[A-Za-z0-9]{16,64}$/.test(deps.boundary))
    reasons.push(
      reason("model_boundary_malformed", "The run's boundary must be 16 to 64 letters and digits."),
    );
  return new Analysis(input, deps, limits).run(reasons);
}

/** Of its own words, what the model gets to see again. */
const ownWordsMax = 4_000;
const keptTextMax = 1_200;
const saidMax = 200;
/** Calls in one reply beyond these are not made and not answered. */
const callsPerReplyMax = 8;
/** Timers and clocks differ by a little: a call that was given all the time left has used it up. */
const timerSlackMs = 50;

type Answered = Extract<ModelReply, { outcome: "answered" }>;
type Ending =
  | { outcome: "analysed"; opinion: ModelOpinion }
  | { outcome: "stopped"; usedUp: BudgetKind | "cancelled" }
  | { outcome: "failed"; reason: Reason }
  | { outcome: "refused"; reasons: Reason[] };

class Analysis {
  private readonly startedMs: number;
  private readonly signal: AbortSignal;
  private readonly fence: Fence;
  private readonly ledger = new ReadLedger();
  private readonly system: string;
  private readonly messages: ModelMessage[] = [];
  private readonly asked = new Set<string>();
  private readonly sent: SentRequest[] = [];
  private readonly toolUses: ToolUse[] = [];
  private usage: ModelUsage = noUsage;
  private isRepair = false;
  private latest: ModelOutput | null = null;

  constructor(
    private readonly input: ModelInput,
    private readonly deps: ModelDeps,
    private readonly limits: ModelLimits,
  ) {
    const { boundary, redact, access } = deps;
    this.startedMs = deps.nowMs();
    const timer = AbortSignal.timeout(Math.max(1, Math.min(limits.budget.durationMsMax || 1, 3_600_000)));
    this.signal = AbortSignal.any([limits.signal, timer]);
    // The key is no more than a text to whoever wrote a log or the endpoint; wherever it turns up, it is hidden.
    this.fence = {
      boundary,
      redact: (text) => redact(access.key ? text.replaceAll(access.key, "[model key]") : text),
    };
    this.system = systemWords(boundary, input.labelVocabulary);
  }

  async run(reasons: Reason[]): Promise<ModelAnalysis> {
    if (reasons.length > 0) return this.end({ outcome: "refused", reasons });
    const content = describeSubject(this.input, this.fence, this.ledger);
    this.messages.push({ role: "user", content });
    for (;;) {
      const ending = await this.round();
      if (ending) return this.end(ending);
    }
  }

  /** One call and what follows from it; null when another is to be made. Ends, since each call is counted. */
  private async round(): Promise<Ending | null> {
    const { budget, signal } = this.limits;
    if (signal.aborted) return { outcome: "stopped", usedUp: "cancelled" };
    const call = { system: this.system, messages: this.messages };
    const requestBytes = requestBytesOf(call);
    const plan = planCall(budget, this.usage, { requestBytes, elapsedMs: this.elapsedMs() });
    if (!plan.ok) return { outcome: "stopped", usedUp: plan.usedUp };
    const { mustAnswer, outputTokenMax, timeoutMs } = plan;
    const reply = await callModel(this.deps.access, this.deps, {
      ...call,
      mustAnswer,
      outputTokenMax,
      timeoutMs,
      signal: this.signal,
    });
    this.charge(reply, outputTokenMax);
    if (reply.outcome !== "answered") return this.failure(reply);
    const read = readModelOutput(reply.text);
    if (read.ok) this.latest = read.output;
    if (reply.toolCalls.length > 0 && !(read.ok && mustAnswer)) {
      await this.answerTools(reply, mustAnswer);
      return null;
    }
    if (read.ok) return { outcome: "analysed", opinion: this.opinionOf(read.output) };
    if (this.isRepair) return { outcome: "failed", reason: read.reason };
    this.isRepair = true;
    this.say("assistant", this.ownWords(reply.text));
    this.say("user", repairWords(read.reason, reply.wasCut));
    return null;
  }

  private charge(reply: ModelReply, outputTokenMax: number): void {
    if (!reply.sent) return;
    this.sent.push(reply.sent);
    const elapsedMs = this.elapsedMs();
    const requestBytes = reply.sent.bytes;
    const call =
      reply.outcome === "answered"
        ? { requestBytes, replyBytes: reply.replyBytes, reported: reply.reported, elapsedMs }
        : { requestBytes, replyBytes: 0, reported: null, elapsedMs };
    const lostOutputTokens = reply.outcome !== "answered" && reply.isLost ? outputTokenMax : 0;
    this.usage = chargeCall(this.limits.budget, this.usage, { ...call, lostOutputTokens });
  }

  private failure(reply: Exclude<ModelReply, Answered>): Ending {
    if (this.limits.signal.aborted) return { outcome: "stopped", usedUp: "cancelled" };
    const msLeft = this.limits.budget.durationMsMax - this.elapsedMs();
    if (this.signal.aborted || (reply.outcome === "timed_out" && msLeft < timerSlackMs))
      return { outcome: "stopped", usedUp: "seconds" };
    if (reply.outcome === "refused") return { outcome: "refused", reasons: [reply.reason] };
    if (reply.said === null) return { outcome: "failed", reason: reply.reason };
    const { code, message, fields } = reply.reason;
    const said = cleanLine(this.fence, reply.said, saidMax);
    return { outcome: "failed", reason: reason(code, message, { ...fields, said }) };
  }

  /** Calls of tools there are not are no part of the conversation: endpoints refuse names that nobody declared. */
  private async answerTools(reply: Answered, mustAnswer: boolean): Promise<void> {
    const calls = mustAnswer ? [] : reply.toolCalls.slice(0, callsPerReplyMax);
    const notes: string[] = [];
    const parts: Array<{ id: string; name: string; input: unknown; shown: string }> = [];
    for (const { name, input } of calls) {
      if (this.usage.toolCallCount >= this.limits.budget.toolCallCountMax) break;
      this.usage = { ...this.usage, toolCallCount: this.usage.toolCallCount + 1 };
      const { ports } = this.deps;
      const { fence, ledger, asked, signal } = this;
      const {
        shown,
        use,
        arguments: understood,
      } = await runTool(name, input, { ports, fence, ledger, asked, signal });
      this.toolUses.push(use);
      if (!Object.hasOwn(toolForms, name)) notes.push(shown);
      else parts.push({ id: `call${this.toolUses.length}`, name, input: understood, shown });
    }
    const words = this.ownWords(reply.text);
    if (parts.length > 0) {
      this.messages.push({
        role: "assistant",
        content: [
          ...(words ? [{ type: "text" as const, text: words }] : []),
          ...parts.map(({ id, name, input }) => ({
            type: "tool-call" as const,
            toolCallId: id,
            toolName: name,
            input,
          })),
        ],
      });
      this.messages.push({
        role: "tool",
        content: parts.map(({ id, name, shown }) => ({
          type: "tool-result" as const,
          toolCallId: id,
          toolName: name,
          output: { type: "text" as const, value: shown },
        })),
      });
    } else if (words) this.say("assistant", words);
    const isClosed = mustAnswer || this.usage.toolCallCount >= this.limits.budget.toolCallCountMax;
    if (isClosed) notes.push(answerNowWords);
    if (notes.length > 0) this.say("user", [...new Set(notes)].join("\n"));
  }

  private say(role: "user" | "assistant", content: string): void {
    if (content !== "") this.messages.push({ role, content });
  }

  private ownWords = (text: string): string => cleanText(this.fence, text, ownWordsMax).slice(0, ownWordsMax);

  private opinionOf(output: ModelOutput): ModelOpinion {
    const { found, labelVocabulary } = this.input;
    const clean = (text: string) => cleanText(this.fence, text, keptTextMax);
    return checkOutput(output, { ledger: this.ledger, found, labelVocabulary, clean });
  }

  private elapsedMs = (): number => Math.max(0, this.deps.nowMs() - this.startedMs);

  private end(ending: Ending): ModelAnalysis {
    const { access } = this.deps;
    const run = {
      modelId: this.deps.access.modelId,
      host: URL.canParse(access.baseUrl) ? new URL(access.baseUrl).host : "",
      usage: { ...this.usage, durationMs: this.elapsedMs() },
      sent: this.sent,
      toolUses: this.toolUses,
    };
    if (ending.outcome === "analysed" || ending.outcome === "refused") return { ...run, ...ending };
    return { ...run, ...ending, opinion: this.latest && this.opinionOf(this.latest) };
  }
}
