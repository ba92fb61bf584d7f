import { createHash } from "node:crypto";
import { StringDecoder } from "node:string_decoder";
import type { Dispatcher } from "undici";
import { cancelledReason, connectFailure, replyFailure, timeoutReason } from "./failure-reasons";
import type { NetReason } from "./net-reason";
import { AddressRefusedError, type ConnectTimings } from "./pinned-connector";
import { parseRetryAfter } from "./retry-after";
import type { SafeRequest, SafeResult, Timings } from "./safe-request";

const headerCountMax = 100;
const headerValueMax = 2_048;

export type ExchangeOptions = {
  host: string;
  request: SafeRequest;
  nowMs: () => number;
  /** The timings of the connection just opened, if this request is the one being written because of it. */
  takeConnectTimings: () => ConnectTimings | undefined;
};

/**
 * One request on the wire, from queued to a settled result.
 *
 * queued -> sent -> replying -> settled. Whatever goes wrong in `queued` is a connect_error, in `sent` a lost_reply;
 * once a status line is in, it is a response even if the body breaks off.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly result: Promise<SafeResult>;
  #phase: "queued" | "sent" | "replying" | "settled" = "queued";
  #settle!: (result: SafeResult) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #headers: Record<string, string> = {};
  #chunks: Buffer[] = [];
  #size = 0;
  #timings: Omit<Timings, "total"> = {};
  readonly #startedAt = performance.now();
  readonly #timer: NodeJS.Timeout;
  readonly #onAbort = () => this.#stop(cancelledReason(this.options.host));

  constructor(private readonly options: ExchangeOptions) {
    const { request, host } = options;
    this.result = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#timer = setTimeout(
      () => this.#stop(timeoutReason(host, request.timeoutMs, this.#phase !== "queued")),
      request.timeoutMs,
    );
    request.signal?.addEventListener("abort", this.#onAbort, { once: true });
    if (request.signal?.aborted) this.#onAbort();
  }

  get settled(): boolean {
    return this.#phase === "settled";
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // Given up while it waited for a connection: aborting here is before the first byte is written.
    if (this.settled) return controller.abort(new Error("given up"));
    this.#phase = "sent";
    const opened = this.options.takeConnectTimings();
    if (opened) this.#timings = { ...opened };
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (this.settled || status < 200) return;
    this.#phase = "replying";
    this.#status = status;
    this.#headers = boundHeaders(headers);
    this.#timings.firstByte = performance.now() - this.#startedAt;
    this.options.request.watch?.onStart({ status, headers: this.#headers });
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.settled) return;
    const room = this.options.request.responseByteLimit - this.#size;
    // Copied: a view would keep the parser's whole buffer alive, or see it overwritten.
    const kept = Buffer.from(chunk.subarray(0, room));
    this.#chunks.push(kept);
    this.#size += kept.length;
    this.options.request.watch?.onBytes(kept);
    if (chunk.length > room) this.#finish({ truncated: true });
  }

  onResponseEnd(): void {
    this.#finish({ truncated: false });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error);
  }

  /** For errors the client raises before it hands the request to a connection. */
  fail(error: unknown): void {
    this.#fail(error);
  }

  #fail(error: unknown): void {
    const { host } = this.options;
    if (error instanceof AddressRefusedError) {
      this.#end({ outcome: "refused_by_policy", reason: error.reason });
    } else {
      this.#stop(this.#phase === "queued" ? connectFailure(error, host) : replyFailure(error, host));
    }
  }

  #stop(reason: NetReason): void {
    if (this.settled) return;
    if (this.#phase === "queued") {
      this.#end({ outcome: "connect_error", reason, timings: this.#total() });
    } else if (this.#phase === "sent") {
      this.#end({ outcome: "lost_reply", reason, timings: this.#total() });
    } else {
      this.#finish({ truncated: true, bodyError: reason });
    }
  }

  #finish(ending: { truncated: boolean; bodyError?: NetReason }): void {
    const bytes = Buffer.concat(this.#chunks);
    this.#end({
      outcome: "response",
      status: this.#status,
      headers: this.#headers,
      retryAfterMs: parseRetryAfter(this.#headers["retry-after"], this.options.nowMs()),
      // StringDecoder leaves off a character that the limit cut in half.
      body: new StringDecoder("utf8").write(bytes),
      bodyBytes: bytes.length,
      ...ending,
      digest: createHash("sha256").update(bytes).digest("hex"),
      timings: this.#total(),
    });
  }

  #end(result: SafeResult): void {
    if (this.settled) return;
    const isComplete = result.outcome === "response" && !result.truncated;
    this.#phase = "settled";
    clearTimeout(this.#timer);
    this.options.request.signal?.removeEventListener("abort", this.#onAbort);
    this.#chunks = [];
    this.#settle(result);
    // A connection with an unread or unwanted answer on it is never used again.
    if (!isComplete && !this.#controller?.aborted) this.#controller?.abort(new Error("stopped reading"));
  }

  #total(): Timings {
    return { ...this.#timings, total: performance.now() - this.#startedAt };
  }
}

function boundHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const bounded: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers).slice(0, headerCountMax)) {
    const text = Array.isArray(value) ? value.join(", ") : value;
    if (text !== undefined) bounded[name.toLowerCase()] = text.slice(0, headerValueMax);
  }
  return bounded;
}
