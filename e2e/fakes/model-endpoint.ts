import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** A request of OpenAI's chat completions, as far as anybody here sends it. */
export type ChatRequest = {
  model: string;
  messages: Array<{
    role: "system" | "user" | "assistant" | "tool";
    content: string | null;
    tool_calls?: Array<{ id: string; type: "function"; function: { name: string; arguments: string } }>;
    tool_call_id?: string;
  }>;
  tools?: Array<{ type: "function"; function: { name: string; parameters: unknown } }>;
  tool_choice?: string;
  max_tokens?: number;
  stream?: boolean;
};

export type AskedCall = { name: string; arguments: unknown };

/** How one request is treated. `say` is a reply in words, `call` one that asks for tools, the rest is misbehaviour. */
export type ModelStep =
  | { kind: "say"; text: string; finish?: "stop" | "length"; usage?: unknown }
  | { kind: "call"; calls: AskedCall[]; text?: string; usage?: unknown }
  | { kind: "status"; status: number; headers?: Record<string, string>; body?: string }
  | { kind: "hang" }
  /** A status line at once, then a byte now and then, for ever. */
  | { kind: "drip"; intervalMs: number }
  | { kind: "drop" }
  | { kind: "dropMidBody" }
  | { kind: "redirect"; location: string }
  | { kind: "huge"; bytes: number };

export type SeenRequest = { path: string; headers: IncomingHttpHeaders; rawBody: string; body: ChatRequest };

export type ModelEndpoint = {
  /** Up to and without `/chat/completions`. */
  url: string;
  port: number;
  requests: SeenRequest[];
  /** Texts of the completions given, in order. */
  replies: string[];
  /** What every request gets for which no step is left; may be set anew. */
  otherwise: ModelStep | ModelMind;
  readonly connectionCount: number;
  /** The next requests get these, in order. */
  script: (...steps: ModelStep[]) => void;
  waitForRequest: () => Promise<void>;
  close: () => Promise<void>;
};

export type ModelMind = (request: ChatRequest) => ModelStep;

/**
 * An OpenAI-compatible model on this machine. It is as strict about the wire as the strictest endpoints are (keys, roles,
 * declared tools, every call answered) and as unreliable as it is told to be.
 */
export async function startModelEndpoint(
  options: { key?: string; otherwise?: ModelStep | ModelMind; port?: number } = {},
): Promise<ModelEndpoint> {
  const { key = "sk-test-model-key" } = options;
  const requests: SeenRequest[] = [];
  const replies: string[] = [];
  let otherwise = options.otherwise ?? { kind: "say", text: "I cannot help." };
  const sockets = new Set<Socket>();
  let steps: ModelStep[] = [];
  let waiting: Array<() => void> = [];
  let connectionCount = 0;

  const server = createServer(async (request, response) => {
    response.on("error", () => {});
    const rawBody = await readBody(request).catch(() => null);
    if (rawBody === null) return;
    const body = parsed(rawBody);
    requests.push({ path: request.url ?? "", headers: request.headers, rawBody, body });
    for (const resume of waiting) resume();
    waiting = [];
    const complaint = complaintOf(request, body, key);
    if (complaint) return sendError(response, complaint.status, complaint.words);
    const step = steps.shift() ?? (typeof otherwise === "function" ? otherwise(body) : otherwise);
    if (step.kind === "say") replies.push(step.text);
    perform(step, { request, response, rawBody, model: body.model });
  });
  server.on("connection", (socket) => {
    connectionCount += 1;
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((ready) => server.listen(options.port ?? 0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    port,
    requests,
    replies,
    get otherwise() {
      return otherwise;
    },
    set otherwise(next) {
      otherwise = next;
    },
    get connectionCount() {
      return connectionCount;
    },
    script: (...next) => {
      steps = next;
    },
    waitForRequest: () => new Promise((resolve) => waiting.push(resolve)),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

type Exchange = { request: IncomingMessage; response: ServerResponse; rawBody: string; model: string };

function perform(step: ModelStep, { request, response, rawBody, model }: Exchange): void {
  switch (step.kind) {
    case "say": {
      const message = { role: "assistant", content: step.text };
      return sendCompletion(response, completion(model, message, step.finish ?? "stop", step, rawBody));
    }
    case "call": {
      const tool_calls = step.calls.map((call, index) => ({
        id: `call_${index}`,
        type: "function",
        function: {
          name: call.name,
          arguments: typeof call.arguments === "string" ? call.arguments : JSON.stringify(call.arguments),
        },
      }));
      const message = { role: "assistant", content: step.text ?? null, tool_calls };
      return sendCompletion(response, completion(model, message, "tool_calls", step, rawBody));
    }
    case "status":
      response
        .writeHead(step.status, { "content-type": "application/json", ...step.headers })
        .end(step.body ?? "{}");
      return;
    case "hang":
      return;
    case "drip": {
      response.writeHead(200, { "content-type": "application/json" });
      const timer = setInterval(() => response.write(" "), step.intervalMs);
      request.socket.once("close", () => clearInterval(timer));
      return;
    }
    case "drop":
      request.socket.destroy();
      return;
    case "dropMidBody":
      response.writeHead(200, { "content-type": "application/json", "content-length": "5000" });
      response.write('{"choices":[', () => request.socket.destroy());
      return;
    case "redirect":
      response.writeHead(307, { location: step.location }).end();
      return;
    case "huge":
      return sendCompletion(response, {
        choices: [{ message: { role: "assistant", content: "x".repeat(step.bytes) }, finish_reason: "stop" }],
      });
  }
}

/** Four bytes a token, unless the step says what it wants to claim. */
function completion(
  model: string,
  message: Record<string, unknown>,
  finish: string,
  step: { usage?: unknown },
  rawBody: string,
) {
  const [prompt, answer] = [rawBody, JSON.stringify(message)].map((text) => Math.ceil(text.length / 4));
  const counted = {
    prompt_tokens: prompt,
    completion_tokens: answer,
    total_tokens: (prompt ?? 0) + (answer ?? 0),
  };
  return {
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1_700_000_000,
    model,
    choices: [{ index: 0, message, finish_reason: finish }],
    usage: "usage" in step ? step.usage : counted,
  };
}

/** What an endpoint would refuse, with its status. */
function complaintOf(
  request: IncomingMessage,
  body: ChatRequest,
  key: string,
): { status: number; words: string } | null {
  if (request.method !== "POST" || request.url !== "/v1/chat/completions")
    return { status: 404, words: `no ${request.method} ${request.url}` };
  if (request.headers.authorization !== `Bearer ${key}`) {
    // As some do: the answer repeats what was sent.
    return { status: 401, words: `Incorrect API key provided: ${request.headers.authorization}` };
  }
  if (typeof body.model !== "string" || !Array.isArray(body.messages) || body.stream)
    return { status: 400, words: "model and messages are required; nothing is streamed here" };
  const words = conversationFault(body);
  return words === null ? null : { status: 400, words };
}

function conversationFault({ messages, tools = [] }: ChatRequest): string | null {
  const declared = new Set(tools.map((each) => each.function.name));
  let open = new Set<string>();
  for (const [index, message] of messages.entries()) {
    if (message.role === "tool") {
      if (!open.delete(message.tool_call_id ?? "")) return `messages[${index}] answers no call`;
      continue;
    }
    if (open.size > 0) return `messages[${index}]: calls before it have no answer`;
    if (message.role === "system" && index > 0) return `messages[${index}]: a system message comes first`;
    if (!message.tool_calls && typeof message.content !== "string") return `messages[${index}] is empty`;
    const calls = message.tool_calls ?? [];
    open = new Set(calls.map((call) => call.id));
    if (open.size !== calls.length) return `messages[${index}]: two calls have one id`;
    const unknown = calls.find((call) => !declared.has(call.function.name));
    if (unknown) return `messages[${index}] calls ${unknown.function.name}, which is not declared`;
  }
  return open.size > 0 ? "the last calls have no answer" : null;
}

function sendCompletion(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function sendError(response: ServerResponse, status: number, message: string): void {
  response
    .writeHead(status, { "content-type": "application/json" })
    .end(JSON.stringify({ error: { message, type: "invalid_request_error", param: null, code: null } }));
}

function parsed(rawBody: string): ChatRequest {
  try {
    return JSON.parse(rawBody) as ChatRequest;
  } catch {
    return {} as ChatRequest;
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

/**
 * The worst model there can be: it does whatever any text tells it to. `@assistant {"call": {...}}` in a log, a comment, a
 * commit message or an issue makes it call that tool; `@assistant {"set": {...}}` puts those members into its answer.
 */
export function obedientMind(answer: Record<string, unknown>): ModelMind {
  const done = new Set<string>();
  return ({ messages, tool_choice }) => {
    const heard = messages
      .filter(({ role }) => role === "user" || role === "tool")
      .flatMap(({ content }) => directivesIn(content ?? ""));
    const calls = heard.flatMap(({ raw, call }) => {
      if (!call || done.has(raw) || tool_choice === "none") return [];
      done.add(raw);
      return [call];
    });
    if (calls.length > 0) return { kind: "call", calls };
    const said = Object.assign({}, answer, ...heard.map(({ set }) => set ?? {}));
    return { kind: "say", text: JSON.stringify(said) };
  };
}

type Directive = { raw: string; call?: AskedCall; set?: Record<string, unknown> };

function directivesIn(content: string): Directive[] {
  return [...content.matchAll(/@assistant (\{.*\})/g)].flatMap(([, raw = ""]) => {
    try {
      return [{ raw, ...(JSON.parse(raw) as Omit<Directive, "raw">) }];
    } catch {
      return [];
    }
  });
}
