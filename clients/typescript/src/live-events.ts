import { errorOf, IncidentMonitorError, NetworkError } from "./errors.js";
import { isTransient } from "./retry.js";
import type { Transport } from "./transport.js";
import type { ChangeTopic, LiveEvent } from "./types/event.js";

export interface LiveOptions {
  /** Ends the iteration, quietly. */
  signal?: AbortSignal;
  /** Only changes of these topics; `open` and `gap` always come. */
  topics?: readonly ChangeTopic[];
  /** Open the stream again when it ends. True when absent. */
  reconnect?: boolean;
  /** Silence after which a stream counts as dead; the server speaks every 20 s. 60 000 when absent. */
  idleTimeoutMs?: number;
}

/**
 * What changes, as it happens. The stream is opened again when it is cut; each `open` says that changes before it were not
 * heard. @throws IncidentMonitorError when the server refuses, NetworkError when the first opening fails
 */
export async function* liveEvents(
  transport: Transport,
  options: LiveOptions = {},
): AsyncGenerator<LiveEvent> {
  const { signal, topics, reconnect = true, idleTimeoutMs = 60_000 } = options;
  let retryMs = 2_000;
  let failures = 0;
  let wasOpen = false;
  for (;;) {
    if (signal?.aborted) return;
    let askedMs = 0;
    try {
      for await (const frame of frames(transport, signal, idleTimeoutMs)) {
        if (frame.kind === "open") {
          failures = 0;
          wasOpen = true;
          yield { type: "open" };
        } else if (frame.kind === "retry") retryMs = frame.ms;
        else if (frame.event.type !== "change" || !topics || topics.includes(frame.event.topic))
          yield frame.event;
      }
      if (!reconnect) return;
    } catch (error) {
      if (signal?.aborted) return;
      if (!reconnect || !wasOpen || !isTransient(error)) throw error;
      failures++;
      if (error instanceof IncidentMonitorError) askedMs = error.retryAfterMs ?? 0;
    }
    const backoffMs = Math.min(30_000, retryMs * 2 ** Math.min(failures, 5));
    const waitMs = askedMs + backoffMs * (0.5 + transport.random() / 2);
    try {
      await transport.pause(waitMs, signal);
    } catch {
      return;
    }
  }
}

type Frame = { kind: "open" } | { kind: "retry"; ms: number } | { kind: "event"; event: LiveEvent };

async function* frames(
  transport: Transport,
  signal: AbortSignal | undefined,
  idleTimeoutMs: number,
): AsyncGenerator<Frame> {
  const ended = new AbortController();
  const end = () => ended.abort();
  signal?.addEventListener("abort", end, { once: true });
  let idle = setTimeout(end, idleTimeoutMs);
  const path = "/incident-monitor/events";
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  try {
    const response = await transport.open(
      { method: "GET", path, headers: { accept: "text/event-stream" } },
      ended.signal,
    );
    if (!response.ok) throw errorOf(response, await response.text());
    if (!response.body) throw new Error("the answer has no body");
    reader = response.body.getReader();
    yield { kind: "open" };
    const parser = new EventStreamParser();
    const decoder = new TextDecoder();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(idle);
      idle = setTimeout(end, idleTimeoutMs);
      yield* parser.push(decoder.decode(value, { stream: true }));
    }
  } catch (error) {
    if (error instanceof IncidentMonitorError) throw error;
    throw new NetworkError(transport.baseUrl, path, error);
  } finally {
    clearTimeout(idle);
    signal?.removeEventListener("abort", end);
    // Also when the reader leaves the loop: the connection is not kept for nobody.
    ended.abort();
    await reader?.cancel().catch(() => undefined);
  }
}

/** The event stream format of the HTML standard (9.2.6), as far as this API speaks it. */
export class EventStreamParser {
  #rest = "";
  #event = "";
  #lines: string[] = [];

  *push(text: string): Generator<Frame> {
    this.#rest += text;
    // A lone CR at the end may be half of a CRLF: it waits for the next piece.
    for (;;) {
      const end = /\r\n|\n|\r(?!$)/.exec(this.#rest);
      if (!end) return;
      const line = this.#rest.slice(0, end.index);
      this.#rest = this.#rest.slice(end.index + end[0].length);
      const frame = this.#take(line);
      if (frame) yield frame;
    }
  }

  #take(line: string): Frame | undefined {
    if (line === "") return this.#dispatch();
    if (line.startsWith(":")) return undefined;
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") this.#event = value;
    if (field === "data") this.#lines.push(value);
    if (field === "retry" && /^\d+$/.test(value)) return { kind: "retry", ms: Number(value) };
    return undefined;
  }

  #dispatch(): Frame | undefined {
    const name = this.#event;
    const text = this.#lines.join("\n");
    this.#event = "";
    this.#lines = [];
    if (name === "gap") return { kind: "event", event: { type: "gap" } };
    if (name !== "change") return undefined;
    const change = parse(text);
    return change ? { kind: "event", event: { type: "change", ...change } } : undefined;
  }
}

function parse(text: string): { topic: ChangeTopic; id: string; project_id?: string } | undefined {
  try {
    const value = JSON.parse(text);
    return typeof value?.topic === "string" && typeof value.id === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}
