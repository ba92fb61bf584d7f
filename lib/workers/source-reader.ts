import type { TailState } from "@/lib/db/log-tail-rows";
import { logger } from "@/lib/logger";
import type { WatchedTail } from "@/lib/pipeline/sources/watch-tail";
import type { RecordedWindow } from "@/lib/pipeline/sources/watch-windows";
import type { WindowRecorder } from "./record-windows";

/** A source that is far behind reads on until so much is found, before it commits and lets others read. */
const turnFoundMax = 200;
/** Without notification a file is looked at this often; with it this often in case one was missed. */
const pollMs = 1_000;
const healMs = 5_000;
/** A source whose changes were found by looking alone, twice, is not notified of, whatever the system says. */
const deafMs = 10 * 60_000;
/** A file that is not there costs nothing to look for; what else stands in the way does not go away by asking. */
const missingBackoffMaxMs = 5_000;
const errorBackoffMaxMs = 30_000;
const unwrittenBackoffMaxMs = 5_000;
const stirredErrorMs = 250;
/** Before a source is read on whose state was not as it was left: what moved it may not be done. */
const reloadPauseMs = 100;

export type ReaderEnd = "written" | "unwritten" | "lost";

/**
 * When and how one source is read: at once when something happened, else by looking; slower while it fails. One call of
 * `read`, `write`, `record` or `reload` at a time.
 */
export class SourceReader {
  /** When it is to be read again, by the monotonic clock; what `stir` says comes first. */
  dueAt = 0;
  #stirred = false;
  #isBehind = false;
  #unheardAt: number | null = null;
  #deafUntil = 0;
  #unwritten = 0;
  #consecutiveErrors = 0;

  constructor(
    readonly tail: WatchedTail,
    private readonly recorder: WindowRecorder,
  ) {}

  get key(): string {
    return this.tail.watched.key;
  }

  /** How often in a row it could not be read. */
  get consecutiveErrors(): number {
    return this.#consecutiveErrors;
  }

  /** The system told that something happened to the file. */
  stir(): void {
    this.#stirred = true;
    this.#unheardAt = null;
    // What cannot be written now is not read on either; what cannot be read is not asked at every word.
    if (this.#unwritten > 0) return;
    const pauseMs = this.#consecutiveErrors > 0 ? stirredErrorMs : 0;
    this.dueAt = Math.min(this.dueAt, performance.now() + pauseMs);
  }

  /** There is more to read at once. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  /** Reads until there is something to write, nothing more to read, or `turnMs` are over. */
  async read(turnMs: number): Promise<void> {
    if (this.#unwritten > 0) return;
    let isLook = !this.#stirred && !this.#isBehind;
    this.#stirred = false;
    const startedAt = performance.now();
    for (;;) {
      const read = await this.tail.read();
      const now = performance.now();
      if (read.kind === "error") return this.#noteError(read.code, read.consecutiveErrors, now);
      this.#consecutiveErrors = 0;
      this.#isBehind = read.behind;
      if (isLook && read.bytesRead > 0) this.#noteUnheard(now);
      isLook = false;
      const pauseMs = Math.min(this.#intervalMs(now), read.settlesInMs ?? Number.POSITIVE_INFINITY);
      this.dueAt = read.behind ? now : now + pauseMs;
      const enough = now - startedAt >= turnMs || this.tail.foundCount >= turnFoundMax;
      if (!read.behind || enough || this.tail.isUrgent) return;
    }
  }

  #noteError(code: string, consecutiveErrors: number, now: number): void {
    this.#consecutiveErrors = consecutiveErrors;
    this.#isBehind = false;
    const most = code === "not_found" ? missingBackoffMaxMs : errorBackoffMaxMs;
    this.dueAt = now + Math.min(most, pollMs * 2 ** Math.min(10, consecutiveErrors - 1));
  }

  /** Bytes that came without a word of it. Once may be a race with the word; twice, with none in between, is none. */
  #noteUnheard(now: number): void {
    if (this.tail.watching !== "notified") return;
    if (this.#unheardAt === null) this.#unheardAt = now;
    else if (now - this.#unheardAt > pollMs) this.#deafUntil = now + deafMs;
  }

  #intervalMs(now: number): number {
    const configuredMs = this.tail.watched.source.watchIntervalSeconds * 1_000;
    const isTold = this.tail.watching === "notified" && now >= this.#deafUntil;
    return Math.min(configuredMs, isTold ? healMs : pollMs);
  }

  /** Writes what is to be written now. `lost`: somebody else was first, and what was read is not ours to write. */
  async write(): Promise<ReaderEnd> {
    let end: ReaderEnd = "written";
    if (this.tail.mustRecord() || this.#unwritten > 0) end = await this.record();
    const now = performance.now();
    if (end === "written") this.dueAt = Math.min(this.dueAt, now + this.tail.recordInMs());
    if (this.#stirred) this.stir();
    return end;
  }

  /** Writes all that was read. */
  async record(): Promise<ReaderEnd> {
    let recorded: RecordedWindow;
    try {
      recorded = await this.recorder.record(this.tail.toRecord());
    } catch (error) {
      this.#unwritten += 1;
      const waitMs = Math.min(unwrittenBackoffMaxMs, 250 * 2 ** Math.min(10, this.#unwritten - 1));
      this.dueAt = performance.now() + waitMs;
      logger.debug({ err: error, source: this.key }, "a window of a log waits to be written");
      return "unwritten";
    }
    this.#unwritten = 0;
    if (!recorded.saved) return "lost";
    this.tail.recorded(recorded);
    return "written";
  }

  /** Goes on from where the source stands now, without what was read and not written. */
  async reload(state: TailState): Promise<void> {
    this.#isBehind = false;
    this.dueAt = performance.now() + reloadPauseMs;
    await this.tail.reload(state);
  }
}
