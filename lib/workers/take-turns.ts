import { logger } from "@/lib/logger";

/** Something that is read when it is due. Never called again while a call is under way. */
export type TurnTaker = {
  readonly key: string;
  /** By the monotonic clock. */
  dueAt: number;
  /** It has more to read than fits in a turn. */
  readonly isBehind: boolean;
  /** For about so long, ms. */
  read: (turnMs: number) => Promise<void>;
  /** Writes what was read. `lost`: what it stands on was moved by somebody else. */
  write: () => Promise<"written" | "unwritten" | "lost">;
};

/** Sources that are read at the same time. */
const placesMax = 4;
/** What takes longer gives its place to others, and goes on beside them. */
const patienceMs = 10_000;
const holdWithinMs = 5_000;
const faultPauseMs = 1_000;
const lookMaxMs = 1_000;
/** How long one turn may be: the more wait, the shorter. */
const turnMs = { most: 60, least: 2, ofAll: 500 };
/** Those that are behind wait for those that are not, but have one turn in so many for themselves. */
const behindEvery = 4;

export type Turns<Reader extends TurnTaker> = {
  add: (reader: Reader) => void;
  /** It gets no further turn. */
  drop: (reader: Reader) => void;
  /** Somebody may be due. */
  wake: () => void;
  /** Runs `work` while the reader has no turn. false: its turn does not end, and nothing was done. */
  hold: (reader: Reader, work: () => Promise<void>) => Promise<boolean>;
  stop: () => void;
};

/** Lets readers read one stretch after the other, in the order in which they became due. */
export function createTurns<Reader extends TurnTaker>(options: {
  /** Does so much wait to be written that nothing more should be read? */
  isFull: () => boolean;
  /** The state of this one's source was not as it was left. */
  onLost: (reader: Reader) => Promise<void>;
}): Turns<Reader> {
  const readers = new Set<Reader>();
  const busy = new Map<Reader, Promise<void>>();
  /** Who is due, in the order in which they became so; what a moment ago was written comes before a backlog. */
  const fresh = new Set<Reader>();
  const behind = new Set<Reader>();
  let taken = 0;
  let places = placesMax;
  let timer: NodeJS.Timeout | undefined;
  let isLooking = false;
  let isStopped = false;

  const inPlace = async (reader: Reader) => {
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
      const waiting = fresh.size + behind.size;
      await reader.read(Math.max(turnMs.least, Math.min(turnMs.most, turnMs.ofAll / (waiting + 1))));
    } finally {
      clearTimeout(patience);
      leave();
      wake();
    }
  };

  const turn = async (reader: Reader) => {
    try {
      await inPlace(reader);
      if ((await reader.write()) === "lost") await options.onLost(reader);
    } catch (error) {
      reader.dueAt = performance.now() + faultPauseMs;
      logger.error({ err: error, source: reader.key }, "a log source could not be read on");
    }
  };

  const occupy = (reader: Reader, work: () => Promise<void>) => {
    const done = work().finally(() => {
      busy.delete(reader);
      wake();
    });
    busy.set(reader, done);
    return done;
  };

  const takeNext = (): Reader | undefined => {
    taken += 1;
    const [first, second] = taken % behindEvery === 0 ? [behind, fresh] : [fresh, behind];
    for (const line of [first, second]) {
      const [reader] = line;
      if (!reader) continue;
      line.delete(reader);
      return reader;
    }
    return undefined;
  };

  const look = () => {
    isLooking = false;
    clearTimeout(timer);
    if (isStopped) return;
    const now = performance.now();
    let nextAt = now + lookMaxMs;
    for (const reader of readers) {
      if (busy.has(reader)) continue;
      if (reader.dueAt > now) nextAt = Math.min(nextAt, reader.dueAt);
      else if (!behind.has(reader)) (reader.isBehind ? behind : fresh).add(reader);
    }
    while (places > 0 && !options.isFull()) {
      const reader = takeNext();
      if (!reader) break;
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
      fresh.delete(reader);
      behind.delete(reader);
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
