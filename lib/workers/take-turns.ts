import { logger } from "@/lib/logger";
import type { SourceReader } from "./source-reader";

/** Sources that are read at the same time. */
const placesMax = 4;
/** What takes longer gives its place to others, and goes on beside them. */
const patienceMs = 10_000;
const holdWithinMs = 5_000;
const faultPauseMs = 1_000;
const lookMaxMs = 1_000;

export type Turns = {
  add: (reader: SourceReader) => void;
  /** It gets no further turn. */
  drop: (reader: SourceReader) => void;
  /** Somebody may be due. */
  wake: () => void;
  /** Runs `work` while the reader has no turn. false: its turn does not end, and nothing was done. */
  hold: (reader: SourceReader, work: () => Promise<void>) => Promise<boolean>;
  stop: () => void;
};

/** Lets readers read one stretch after the other, in the order in which they became due. */
export function createTurns(options: {
  /** Does so much wait to be written that nothing more should be read? */
  isFull: () => boolean;
  /** The state of this one's source was not as it was left. */
  onLost: (reader: SourceReader) => Promise<void>;
}): Turns {
  const readers = new Set<SourceReader>();
  const busy = new Map<SourceReader, Promise<void>>();
  const line = new Set<SourceReader>();
  let places = placesMax;
  let timer: NodeJS.Timeout | undefined;
  let isLooking = false;
  let isStopped = false;

  const inPlace = async (reader: SourceReader) => {
    places -= 1;
    let isHeld = true;
    const leave = () => {
      if (isHeld) places += 1;
      isHeld = false;
    };
    const patience = setTimeout(() => {
      logger.warn({ source: reader.key }, "a log does not answer; others are read meanwhile");
      leave();
      wake();
    }, patienceMs);
    try {
      await reader.read();
    } finally {
      clearTimeout(patience);
      leave();
      wake();
    }
  };

  const turn = async (reader: SourceReader) => {
    try {
      await inPlace(reader);
      if ((await reader.write()) === "lost") await options.onLost(reader);
    } catch (error) {
      reader.dueAt = performance.now() + faultPauseMs;
      logger.error({ err: error, source: reader.key }, "a log source could not be read on");
    }
  };

  const occupy = (reader: SourceReader, work: () => Promise<void>) => {
    const done = work().finally(() => {
      busy.delete(reader);
      wake();
    });
    busy.set(reader, done);
    return done;
  };

  const look = () => {
    isLooking = false;
    clearTimeout(timer);
    if (isStopped) return;
    const now = performance.now();
    let nextAt = now + lookMaxMs;
    for (const reader of readers) {
      if (busy.has(reader)) continue;
      if (reader.dueAt <= now) line.add(reader);
      else nextAt = Math.min(nextAt, reader.dueAt);
    }
    for (const reader of line) {
      if (places <= 0 || options.isFull()) break;
      line.delete(reader);
      if (readers.has(reader) && !busy.has(reader)) void occupy(reader, () => turn(reader));
    }
    timer = setTimeout(wake, nextAt - now);
  };

  const wake = () => {
    if (isLooking || isStopped) return;
    isLooking = true;
    setImmediate(look);
  };

  return {
    add: (reader) => {
      readers.add(reader);
      wake();
    },
    drop: (reader) => {
      readers.delete(reader);
      line.delete(reader);
    },
    wake,
    hold: async (reader, work) => {
      const deadline = performance.now() + holdWithinMs;
      while (busy.has(reader)) {
        if (performance.now() >= deadline) return false;
        await Promise.race([busy.get(reader), new Promise((resolve) => setTimeout(resolve, holdWithinMs))]);
      }
      await occupy(reader, work);
      return true;
    },
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
