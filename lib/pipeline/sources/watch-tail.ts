import type { StoredPosition, TailState } from "@/lib/db/log-tail-rows";
import type { LogCandidate, QuarantinedRecord } from "@/lib/domain/log-reading";
import type { LogSourceErrorCode, LogSourceHealth } from "@/lib/domain/log-source-state";
import type { LogTail, TailError, TailWindow } from "@/lib/sources/log-tail";
import type { FileWatch } from "@/lib/sources/watch-folders";
import type { WatchedSource } from "./watch-plan";
import { decayingRate } from "./watch-rate";
import type { Found } from "./watch-report";
import type { RecordedWindow, WindowToRecord } from "./watch-windows";

/** Where nothing was found the place in the file is written so often at most: a crash reads again what holds nothing. */
const lazyMs = 1_000;
const lazyBytes = 8 * 1_048_576;
/** How old what health shows may be of a source that does nothing. */
const heartbeatMs = 10_000;
/** While a source stays unreadable it is written down again this often. */
const errorHeartbeatMs = 10_000;

/** What a tail is given of the host. */
export type TailAccess = {
  /** Where its file is looked for. */
  path: string;
  open: (position: TailState["position"]) => LogTail;
  /** Has the reader told when something happens to one of these. */
  notice: (files: readonly string[]) => FileWatch;
  nowMs: () => number;
};

export type TailRead =
  | {
      kind: "window";
      /** More can be read at once. */
      behind: boolean;
      /** Something is open that becomes whole by waiting. */
      settlesInMs: number | null;
      bytesRead: number;
    }
  | { kind: "error"; code: LogSourceErrorCode; consecutiveErrors: number };

/**
 * One source being read: its open file, and what was read and is not written yet. One call at a time. What `toRecord`
 * gives is to be recorded before `read` is called again, whenever `mustRecord` says so.
 */
export class WatchedTail {
  #tail: LogTail;
  #state: TailState;
  #pending = nothing();
  #recordedAtMs: number;
  readonly #bytes = decayingRate();
  readonly #records = decayingRate();

  /** Where it was read up to under another path, until it is known whether this one is another file. */
  #former: StoredPosition | null = null;
  #generationsBefore = 0;
  /** Folders and links of the file it is watched under; notification is a help and no promise. */
  #notified: { watch: FileWatch; files: string } | null = null;

  constructor(
    readonly watched: WatchedSource,
    state: TailState,
    private readonly access: TailAccess,
  ) {
    this.#state = state;
    this.#tail = this.#openAt(state);
    this.#recordedAtMs = state.updatedAtMs;
    this.#notice([access.path]);
  }

  /** A source whose path was changed begins as a new one does, but in generations that no line was named by. */
  #openAt({ position, path }: TailState): LogTail {
    this.#former = path === this.watched.source.path ? null : position;
    this.#generationsBefore = this.#former ? this.#former.generation + 1 : 0;
    return this.access.open(this.#former ? null : position);
  }

  #notice(files: readonly string[]): void {
    const wanted = files.join("\n");
    if (this.#notified?.files === wanted) return;
    this.#notified?.watch.close();
    this.#notified = { watch: this.access.notice(files), files: wanted };
  }

  get watching(): LogSourceHealth["watching"] {
    return this.#notified?.watch.mode ?? "none";
  }

  get revision(): number {
    return this.#state.revision;
  }

  /** Reads one window, at most. */
  async read(): Promise<TailRead> {
    const read = await this.#next();
    const nowMs = this.access.nowMs();
    this.#state.lastPollAtMs = nowMs;
    return read.kind === "error" ? this.#noteError(read) : this.#noteWindow(read, nowMs);
  }

  async #next(): Promise<TailWindow | TailError> {
    const read = await this.#tail.next();
    if (read.kind === "error") return read;
    const former = this.#former;
    this.#former = null;
    this.#state.path = this.watched.source.path;
    if (former && former.fileId === read.position.fileId) {
      this.#generationsBefore = 0;
      await this.#tail.close();
      this.#tail = this.access.open(former);
      return this.#tail.next();
    }
    const position = { ...read.position, generation: read.position.generation + this.#generationsBefore };
    return { ...read, position, generation: read.generation + this.#generationsBefore };
  }

  #noteError(error: TailError): TailRead {
    const { code, detail } = error;
    if (this.#state.errorCode !== code || this.#state.consecutiveErrors === 0) this.#pending.urgent = true;
    this.#state.errorCode = code;
    this.#state.lastError = detail;
    this.#state.consecutiveErrors += 1;
    return { kind: "error", code, consecutiveErrors: this.#state.consecutiveErrors };
  }

  #noteWindow(window: TailWindow, nowMs: number): TailRead {
    const state = this.#state;
    const pending = this.#pending;
    const { position, rotation, generation, fileId } = window;
    if (state.consecutiveErrors > 0 || state.position === null || rotation) pending.urgent = true;
    state.consecutiveErrors = 0;
    state.errorCode = rotation?.lost ? "rotated_file_lost" : null;
    state.lastError = rotation?.lost ? lossOf(rotation.lost) : null;
    // Not the position's: the last window of a file already gives the place in the next one.
    const place = { generation, fileId };
    state.position = position;
    // Once all is read, what lies behind the position is a line that has no end yet, or a record that may go on.
    const isOpen = !window.behind && position.offset < window.fileSize;
    state.openOffset = isOpen ? position.offset : null;
    state.fileSize = window.fileSize;
    state.lagBytes = window.behind ? window.lagBytes : 0;
    state.behindSinceMs = window.behind ? (state.behindSinceMs ?? nowMs) : null;
    if (window.lines > 0) state.lastRecordAtMs = nowMs;
    if (window.candidates.length > 0) state.lastCandidateAtMs = nowMs;
    pending.bytesRead += window.bytesRead;
    pending.lines += window.lines;
    pending.oversizeLines += window.oversizeLines;
    pending.moved ||= window.moved;
    for (const found of window.candidates) pending.candidates.push({ found, ...place });
    for (const found of window.quarantined) pending.quarantined.push({ found, ...place });
    this.#bytes.add(window.bytesRead, nowMs);
    this.#records.add(window.lines, nowMs);
    const { path } = this.access;
    this.#notice(window.realPath === path ? [path] : [path, window.realPath]);
    return {
      kind: "window",
      behind: window.behind,
      settlesInMs: window.settlesInMs,
      bytesRead: window.bytesRead,
    };
  }

  /** Failures read and not written yet. */
  get foundCount(): number {
    return this.#pending.candidates.length + this.#pending.quarantined.length;
  }

  /** Is something to be written before anything else is read? */
  get isUrgent(): boolean {
    return this.#pending.urgent;
  }

  /** Is there something that must not wait, or has waited long enough? */
  mustRecord(): boolean {
    return this.#pending.urgent || this.foundCount > 0 || this.recordInMs() <= 0;
  }

  /** How long what was read may still wait to be written. */
  recordInMs(): number {
    const { moved, bytesRead } = this.#pending;
    if (bytesRead >= lazyBytes) return 0;
    const patienceMs = moved ? lazyMs : this.#state.errorCode ? errorHeartbeatMs : heartbeatMs;
    return this.#recordedAtMs + patienceMs - this.access.nowMs();
  }

  /** Is anything read that a stop would have to read again? */
  get hasMoved(): boolean {
    return this.#pending.moved || this.#pending.urgent;
  }

  toRecord(): WindowToRecord {
    const state = this.#state;
    const pending = this.#pending;
    const nowMs = this.access.nowMs();
    const { projectId, sourceId } = this.watched;
    return {
      watched: this.watched,
      progress: {
        projectId,
        sourceId,
        path: state.path,
        revision: state.revision,
        position: state.position,
        openOffset: state.openOffset,
        fileSize: state.fileSize,
        bytesRead: pending.bytesRead,
        lines: pending.lines,
        candidates: pending.candidates.length,
        oversizeLines: pending.oversizeLines,
        bytesPerSecond: this.#bytes.perSecond(nowMs),
        recordsPerMinute: this.#records.perSecond(nowMs) * 60,
        watching: this.watching,
        lagBytes: state.lagBytes,
        behindSinceMs: state.behindSinceMs,
        lastPollAtMs: state.lastPollAtMs ?? nowMs,
        lastRecordAtMs: state.lastRecordAtMs,
        lastCandidateAtMs: state.lastCandidateAtMs,
        error: state.errorCode && { code: state.errorCode, message: state.lastError ?? "" },
        consecutiveErrors: state.consecutiveErrors,
      },
      candidates: pending.candidates,
      quarantined: pending.quarantined,
      recentFingerprints: state.recentFingerprints,
    };
  }

  /** What `toRecord` gave is written. */
  recorded({ revision, recentFingerprints }: Extract<RecordedWindow, { saved: true }>): void {
    this.#state.revision = revision;
    this.#state.recentFingerprints = { ...recentFingerprints };
    if (this.#state.consecutiveErrors === 0) this.#state.errorCode = null;
    this.#pending = nothing();
    this.#recordedAtMs = this.access.nowMs();
  }

  /** Forgets what is not written and goes on from `state`. */
  async reload(state: TailState): Promise<void> {
    await this.#tail.close();
    this.#pending = nothing();
    this.#state = state;
    this.#tail = this.#openAt(state);
  }

  async close(): Promise<void> {
    this.#notified?.watch.close();
    await this.#tail.close();
  }
}

type Pending = {
  urgent: boolean;
  moved: boolean;
  bytesRead: number;
  lines: number;
  oversizeLines: number;
  candidates: Array<Found<LogCandidate>>;
  quarantined: Array<Found<QuarantinedRecord>>;
};
const nothing = (): Pending => ({
  ...{ urgent: false, moved: false, bytesRead: 0, lines: 0, oversizeLines: 0 },
  candidates: [],
  quarantined: [],
});

function lossOf({ fromOffset, bytes }: { fromOffset: number; bytes: number | null }): string {
  const amount = bytes === null ? "An unknown number of bytes" : `${bytes} bytes`;
  return `${amount} of a rotated file could not be read any more, from offset ${fromOffset} on.`;
}
