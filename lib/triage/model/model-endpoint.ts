import type { ModelMessage } from "ai";
import { sha256Hex } from "@/lib/digest";
import { type Reason, reason } from "@/lib/domain/reason";
import type { SafeFetch, SafeResponse, SafeResult } from "@/lib/net/safe-fetch";
import type { ModelAccess, SentRequest } from "./model-analysis";
import { toolForms } from "./tool-requests";

export type ModelCall = {
  system: string;
  messages: ModelMessage[];
  /** Tools stay declared, since the conversation holds calls of them, but may not be chosen. */
  mustAnswer: boolean;
  outputTokenMax: number;
  timeoutMs: number;
  signal: AbortSignal;
};

export type AskedTool = { name: string; input: unknown };

export type ModelReply = { sent: SentRequest | null } & (
  | {
      outcome: "answered";
      text: string;
      toolCalls: AskedTool[];
      wasCut: boolean;
      reported: { inputTokens: number; outputTokens: number } | null;
      replyBytes: number;
    }
  /** `refused`: by our own policy, nothing was sent. `timed_out` and `cancelled` are ours too. */
  | {
      outcome: "refused" | "failed" | "timed_out" | "cancelled";
      reason: Reason;
      /** The endpoint's own words for an error, as they came. */
      said: string | null;
      isLost: boolean;
    }
);

/** Answers of a megabyte are no answers; the connection is closed there. */
const replyByteLimit = 524_288;
const requestByteLimit = 1_048_576;
const completionsPath = "/chat/completions";
/** What surrounds the messages in a request, generously. */
const wrapperBytes = 512;

/** Loaded with the first call: where no model is switched on, the library is never read. */
const loadLibrary = async () => {
  const [{ createOpenAICompatible }, { generateText, jsonSchema, tool }] = await Promise.all([
    import("@ai-sdk/openai-compatible"),
    import("ai"),
  ]);
  const tools = Object.fromEntries(
    Object.entries(toolForms).map(([name, { description, parameters }]) => [
      name,
      // Without `execute`: the library never runs anything; what is asked for is judged and done by read-tools.ts.
      tool({ description, inputSchema: jsonSchema<Record<string, unknown>>(parameters as never) }),
    ]),
  );
  return { createOpenAICompatible, generateText, tools };
};
const toolBytes = Buffer.byteLength(JSON.stringify(toolForms));

/** Bytes that a call will have on the wire, before it is made. */
export const requestBytesOf = ({ system, messages }: Pick<ModelCall, "system" | "messages">): number =>
  Buffer.byteLength(JSON.stringify(system)) +
  Buffer.byteLength(JSON.stringify(messages)) +
  toolBytes +
  wrapperBytes;

/**
 * One request, whatever comes of it. The library writes the request and reads the reply; it has neither the key nor a way
 * out but this fetch, and nothing is tried twice. What failed is judged from our own result, never from its errors, which
 * quote what was sent.
 */
export async function callModel(
  access: ModelAccess,
  net: { fetch: SafeFetch },
  call: ModelCall,
): Promise<ModelReply> {
  const { createOpenAICompatible, generateText, tools } = await loadLibrary();
  let sent: SentRequest | null = null;
  let result: SafeResult | null = null;
  const baseURL = access.baseUrl.replace(/\/+$/, "");
  const provider = createOpenAICompatible({
    name: "model",
    baseURL,
    // `none` is said to the endpoint only: the library would throw away a reply that calls a tool all the same, with its usage.
    transformRequestBody: ({ max_tokens, ...body }) => ({
      ...body,
      [access.outputLimitName ?? "max_tokens"]: max_tokens,
      ...(call.mustAnswer && { tool_choice: "none" }),
    }),
    fetch: async (url, init) => {
      if (url !== baseURL + completionsPath) throw new TypeError("not the endpoint");
      const body = typeof init?.body === "string" ? init.body : "";
      sent = { digest: sha256Hex(body), bytes: Buffer.byteLength(body) };
      result = await net.fetch({
        url,
        method: "POST",
        headers: {
          accept: "application/json",
          "content-type": "application/json",
          "user-agent": "incident-monitor/0.1 (+triage)",
          authorization: `Bearer ${access.key}`,
        },
        body,
        policy: { ...access.policy, allowedHosts: [new URL(access.baseUrl).hostname] },
        timeoutMs: call.timeoutMs,
        responseByteLimit: replyByteLimit,
        requestByteLimit,
        signal: call.signal,
      });
      return toResponse(result);
    },
  });
  try {
    const { text, toolCalls, finishReason, usage, reasoningText } = await generateText({
      model: provider(access.modelId),
      system: call.system,
      messages: call.messages,
      tools,
      maxOutputTokens: call.outputTokenMax,
      maxRetries: 0,
      abortSignal: call.signal,
    });
    const asked = toolCalls.map(({ toolName, input }) => ({ name: toolName, input }));
    const { inputTokens, outputTokens } = usage;
    return {
      outcome: "answered",
      sent,
      text,
      toolCalls: asked,
      wasCut: finishReason === "length",
      reported:
        inputTokens === undefined || outputTokens === undefined ? null : { inputTokens, outputTokens },
      replyBytes: Buffer.byteLength(text + (reasoningText ?? "") + JSON.stringify(asked)),
    };
  } catch {
    const isLost = isLostReply(result);
    return {
      sent: wasSent(result) ? sent : null,
      isLost,
      said: errorWords(result),
      ...failureOf(result, call),
    };
  }
}

type Failure = { outcome: "refused" | "failed" | "timed_out" | "cancelled"; reason: Reason };

/** Whether an answer may have been made, and be paid for, that did not get here in full or cannot be read. */
const isLostReply = (result: SafeResult | null) =>
  result?.outcome === "lost_reply" ||
  (result?.outcome === "response" && result.status >= 200 && result.status < 300);

const wasSent = (result: SafeResult | null) =>
  result?.outcome === "response" || result?.outcome === "lost_reply";

function failureOf(result: SafeResult | null, call: ModelCall): Failure {
  if (call.signal.aborted) {
    return { outcome: "cancelled", reason: reason("cancelled", "The call to the model was given up.") };
  }
  if (!result) return failed("model_request_invalid", "The request to the model could not be written.");
  switch (result.outcome) {
    case "refused_by_policy":
      return { outcome: "refused", reason: result.reason };
    case "connect_error":
    case "lost_reply":
      return { outcome: result.reason.code === "timeout" ? "timed_out" : "failed", reason: result.reason };
    case "response":
      return replyFailure(result);
  }
}

function replyFailure({ status, truncated, bodyError, bodyBytes, retryAfterMs }: SafeResponse): Failure {
  if (status === 429) {
    const fields = { status, retryAfterMs: retryAfterMs ?? null };
    return failed("model_rate_limited", "The model's endpoint wants fewer requests.", fields);
  }
  if (status === 401 || status === 403)
    return failed("model_key_refused", "The model's endpoint refused the key.", { status });
  if (status >= 300 && status < 400)
    return failed("model_redirected", "The model's endpoint redirects; redirects are never followed.", {
      status,
    });
  if (status < 200 || status >= 300)
    return failed("model_status", `The model's endpoint answered with status ${status}.`, { status });
  if (truncated && bodyError?.code === "timeout") return { outcome: "timed_out", reason: bodyError };
  if (truncated && bodyError)
    return failed("model_reply_broken_off", "The model's reply broke off before its end.", { status });
  if (truncated)
    return failed("model_reply_too_large", `The model's reply is longer than ${bodyBytes} bytes.`, {
      bodyBytes,
    });
  return failed("model_reply_unreadable", "The model's reply is no chat completion.", { status });
}

const failed = (code: string, words: string, fields?: Reason["fields"]): Failure => ({
  outcome: "failed",
  reason: reason(code, words, fields),
});

/** `{"error":{"message"}}`, as most endpoints write it: "no such model" is worth more than a status. */
function errorWords(result: SafeResult | null): string | null {
  if (result?.outcome !== "response" || result.status < 400) return null;
  try {
    const { error } = JSON.parse(result.body) as { error?: { message?: unknown } | null };
    return typeof error?.message === "string" ? error.message : null;
  } catch {
    return null;
  }
}

/** Only a whole reply of 2xx reaches the library; it would try to make sense of any other. */
function toResponse(result: SafeResult): Response {
  if (result.outcome !== "response" || result.truncated || result.status < 200 || result.status >= 300)
    throw new TypeError("no reply to read");
  return new Response(result.body, { status: 200, headers: { "content-type": "application/json" } });
}
