import type { TailState } from "@/lib/db/log-tail-rows";
import { findTailState } from "@/lib/db/log-tail-store";
import { logger } from "@/lib/logger";
import { createTailOpener } from "@/lib/pipeline/sources/watch-open";
import type { WatchedSource } from "@/lib/pipeline/sources/watch-plan";
import type { WindowRecorder } from "./record-windows";
import type { SourceShare } from "./share-log-sources";
import { SourceReader } from "./source-reader";
import { createTurns, type Turns } from "./take-turns";
import type { WorkerContext } from "./worker";

/** A source that this process cannot read, where others may, is left to them for so long. */
const avoidMs = 60_000;
const avoidAfterErrors = 6;
/** Failures that wait to be written, beyond which nothing more is read. */
const waitingMax = 4_000;

/** The sources that this process reads, from their claim to their release. */
export class HeldSources {
  readonly #readers = new Map<string, SourceReader>();
  readonly #avoidedUntil = new Map<string, number>();
  readonly #turns: Turns<SourceReader>;
  readonly #opener;

  constructor(
    private readonly worker: WorkerContext,
    private readonly watcher: string,
    private readonly recorder: WindowRecorder,
  ) {
    const { services } = worker.context("log-sources");
    this.#opener = createTailOpener(services, () => worker.clock.nowMs());
    this.#turns = createTurns({
      isFull: () => recorder.waitingCount() >= waitingMax,
      onLost: (reader) => this.#reclaim(reader),
    });
  }

  open(watched: WatchedSource, state: TailState): void {
    const tail = this.#opener.open(watched, state, () => {
      reader.stir();
      this.#turns.wake();
    });
    const reader = new SourceReader(tail, this.recorder);
    this.#readers.set(reader.key, reader);
    this.#turns.add(reader);
  }

  /** Sources to be left to others for a while. */
  avoided(): Set<string> {
    const now = performance.now();
    for (const [key, until] of this.#avoidedUntil) if (until <= now) this.#avoidedUntil.delete(key);
    return new Set(this.#avoidedUntil.keys());
  }

  /** Goes on from where the states are that somebody else has moved, and lets go of those that were taken over. */
  async followMoves({ held }: SourceShare): Promise<void> {
    const hasMoved = (reader: SourceReader) =>
      (held.get(reader.key) ?? Number.POSITIVE_INFINITY) > reader.tail.revision;
    await Promise.all(
      [...this.#readers.values()].filter(hasMoved).map((reader) =>
        this.#turns.hold(reader, async () => {
          // Its own commit may have been what moved it.
          if (hasMoved(reader) && this.#readers.get(reader.key) === reader) await this.#reclaim(reader);
        }),
      ),
    );
  }

  /** Ends reading what is not to be read any more, or by another process; answers what may be released. */
  async letGo({ wanted, shareMax, watchers }: SourceShare): Promise<WatchedSource[]> {
    const avoidUntil = performance.now() + avoidMs;
    const given: SourceReader[] = [];
    for (const reader of this.#readers.values()) {
      const isUnreadable = watchers > 1 && reader.consecutiveErrors >= avoidAfterErrors;
      const isSurplus = this.#readers.size - given.length > shareMax;
      if (isUnreadable) this.#avoidedUntil.set(reader.key, avoidUntil);
      if (isUnreadable || isSurplus || !wanted.has(reader.key)) given.push(reader);
    }
    const closed = await this.#closeAll(given);
    return closed.map((reader) => reader.tail.watched);
  }

  /** Reads by the configuration as it is now what was opened by another. */
  async reopenChanged({ wanted }: SourceShare): Promise<void> {
    const changed = [...this.#readers.values()].filter(
      (reader) => wanted.get(reader.key)?.version !== reader.tail.watched.version,
    );
    for (const reader of await this.#closeAll(changed)) {
      const watched = wanted.get(reader.key);
      const state = watched && (await findTailState(this.worker.db, watched));
      if (watched && state?.claimedBy === this.watcher) this.open(watched, state);
    }
  }

  async stop(): Promise<void> {
    this.#turns.stop();
    await this.#closeAll([...this.#readers.values()]);
    this.#opener.close();
  }

  /** What was read is written first, as far as it can be. Those whose file does not answer stay open, and left out. */
  async #closeAll(readers: readonly SourceReader[]): Promise<SourceReader[]> {
    const closed: SourceReader[] = [];
    await Promise.all(
      readers.map((reader) =>
        this.#turns.hold(reader, async () => {
          this.#drop(reader);
          closed.push(reader);
          if (reader.tail.hasMoved) await reader.record();
          await reader.tail.close();
        }),
      ),
    );
    return closed;
  }

  /** Its state was not as this process left it: put elsewhere by a person, or taken over. Only while it has no turn. */
  async #reclaim(reader: SourceReader): Promise<void> {
    const state = await findTailState(this.worker.db, reader.tail.watched);
    if (state?.claimedBy === this.watcher) return reader.reload(state);
    logger.info({ source: reader.key }, "a log source is read by another process now");
    this.#drop(reader);
    await reader.tail.close();
  }

  #drop(reader: SourceReader): void {
    this.#readers.delete(reader.key);
    this.#turns.drop(reader);
  }
}
