import { sha256Hex } from "@/lib/digest";
import type { Exchange } from "@/lib/domain/delivery";
import type { McpFailure } from "@/lib/domain/mcp";
import type { SafeFetch, SafeResult } from "@/lib/net/safe-fetch";
import type { UrlPolicy } from "@/lib/net/url-policy";
import { exchangeOf, failureOf, unreadable } from "./http-failure";

/** What the protocol's client is given to throw, so that it comes out again at the call it belongs to. */
export class McpCallError extends Error {
  constructor(readonly failure: McpFailure) {
    super(failure.reason.message);
    this.name = "McpCallError";
  }
}

type FetchLike = (url: string | URL, init?: RequestInit) => Promise<Response>;

export type HttpConnection = {
  /** In the form the official transport takes; every byte of it goes over lib/net (D-35). */
  fetch: FetchLike;
  /** The call under way: the time it has left, and when a reply ended without an answer to it. */
  begin: (timeoutMs: number) => { broken: Promise<never>; end: () => Promise<Exchange> };
};

type HttpConnectionOptions = {
  send: SafeFetch;
  policy: UrlPolicy;
  headers: Readonly<Record<string, string>>;
  responseByteLimit: number;
  signal?: AbortSignal;
};

type Call = {
  timeoutMs: number;
  fail: (failure: McpFailure) => void;
  stopReading: AbortController;
  exchange: Exchange;
  /** Settles when the reply to the call itself has been read or given up. */
  replied: Promise<void>;
};

const requestByteLimit = 1_048_576;
const userAgent = "incident-monitor/0.1 (+mcp)";
export function createHttpConnection(options: HttpConnectionOptions): HttpConnection {
  let call: Call = idleCall();

  const request: FetchLike = async (url, init = {}) => {
    // Nothing is listened for between calls: a server without a standing stream says the same.
    if (init.method === "GET") return new Response(null, { status: 405 });
    const body = typeof init.body === "string" ? init.body : undefined;
    return isCall(body) ? answerTo(call, url, init, body) : aside(url, init, body);
  };

  const send = (url: string | URL, init: RequestInit, body: string | undefined, more: Partial<SendMore>) =>
    options.send({
      url: String(url),
      method: init.method === "DELETE" ? "DELETE" : "POST",
      headers: {
        ...Object.fromEntries(new Headers(init.headers).entries()),
        "user-agent": userAgent,
        ...options.headers,
      },
      ...(body !== undefined && { body }),
      policy: options.policy,
      timeoutMs: call.timeoutMs,
      requestByteLimit,
      responseByteLimit: options.responseByteLimit,
      ...more,
    });

  /** Notifications and goodbyes: nothing of a delivery hangs on their replies. */
  const aside = async (url: string | URL, init: RequestInit, body: string | undefined) => {
    const result = await send(url, init, body, { signal: options.signal });
    if (init.method === "DELETE") return new Response(null, { status: 200 });
    const failure = failureOf(result, "");
    if (failure) throw new McpCallError(failure);
    return responseFrom(result);
  };

  const answerTo = (current: Call, url: string | URL, init: RequestInit, body: string) =>
    new Promise<Response>((resolve, reject) => {
      const digest = sha256Hex(body);
      let stream: ReadableStreamDefaultController<Uint8Array> | null = null;
      const signals = [current.stopReading.signal, ...(options.signal ? [options.signal] : [])];
      const sent = send(url, init, body, {
        signal: AbortSignal.any(signals),
        watch: {
          onStart: ({ status, headers }) => {
            if (status !== 200 || !headers["content-type"]?.startsWith("text/event-stream")) return;
            const readable = new ReadableStream<Uint8Array>({
              start: (made) => {
                stream = made;
              },
            });
            resolve(new Response(readable, { status, headers: shownHeaders(headers) }));
          },
          onBytes: (bytes) => quietly(() => stream?.enqueue(bytes)),
        },
      });
      current.replied = sent.then((result) => {
        current.exchange = exchangeOf(result, digest);
        const failure = failureOf(result, digest) ?? noAnswer(result, current.exchange);
        if (stream) {
          quietly(() => stream?.close());
          if (!answersIn(result, body)) current.fail(failure ?? unreadable(current.exchange));
        } else if (failure) reject(new McpCallError(failure));
        else resolve(responseFrom(result));
      });
    });

  return {
    fetch: request,
    begin: (timeoutMs) => {
      let fail: Call["fail"] = () => {};
      const broken = new Promise<never>((_, reject) => {
        fail = (failure) => reject(new McpCallError(failure));
      });
      // Nobody waits for it any more once the call is over.
      broken.catch(() => {});
      const current: Call = { ...idleCall(), timeoutMs, fail };
      call = current;
      return {
        broken,
        end: async () => {
          current.stopReading.abort();
          await current.replied;
          call = { ...idleCall(), timeoutMs: farewellMs };
          return current.exchange;
        },
      };
    },
  };
}

type SendMore = { signal: AbortSignal; watch: Parameters<SafeFetch>[0]["watch"] };

const farewellMs = 2_000;

const idleCall = (): Call => ({
  timeoutMs: farewellMs,
  fail: () => {},
  stopReading: new AbortController(),
  exchange: {},
  replied: Promise.resolve(),
});

/** A request of ours that waits for an answer; a notification has no id, an answer of ours no method. */
function isCall(body: string | undefined): body is string {
  if (body === undefined) return false;
  const message = JSON.parse(body) as { id?: unknown; method?: unknown };
  return message.id !== undefined && message.method !== undefined;
}

/** Whether an event stream held the answer to this call, wherever it broke off afterwards: then the client has it. */
function answersIn(result: SafeResult, call: string): boolean {
  if (result.outcome !== "response") return false;
  const { id } = JSON.parse(call) as { id: unknown };
  return result.body.split(/\r?\n\r?\n|\r\r/).some((event) => {
    const lines = event.split(/\r\n|\r|\n/).filter((line) => line.startsWith("data:"));
    const message = parsed(lines.map((line) => line.slice(5).trimStart()).join("\n"));
    const isAnswer = message !== null && ("result" in message || "error" in message);
    return isAnswer && (message as { id?: unknown }).id === id;
  });
}

function parsed(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}

/** Accepted, and no answer will come: for a call that is none. */
const noAnswer = (result: SafeResult, exchange: Exchange): McpFailure | null =>
  result.outcome === "response" && result.status === 202 ? unreadable(exchange) : null;

/** The reader may have been faster: it had its answer and let go of the stream. */
function quietly(act: () => void): void {
  try {
    act();
  } catch {
    // Nothing is read from it any more.
  }
}

/** What the protocol needs; above all not where a redirect leads. */
function shownHeaders(headers: Record<string, string>): Record<string, string> {
  const shown = ["content-type", "mcp-session-id"].map((name) => [name, headers[name]] as const);
  return Object.fromEntries(
    shown.flatMap(([name, value]) => (value && /^[\x20-\x7e]+$/.test(value) ? [[name, value]] : [])),
  );
}

function responseFrom(result: SafeResult): Response {
  if (result.outcome !== "response") return new Response(null, { status: 502 });
  const { status, body } = result;
  const hasBody = ![204, 205].includes(status);
  return new Response(hasBody ? body : null, { status, headers: shownHeaders(result.headers) });
}
