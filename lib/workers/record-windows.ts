import { wasRolledBack } from "@/lib/db/transaction";
import {
  type RecordedWindow,
  recordWindows,
  type WindowToRecord,
} from "@/lib/pipeline/sources/watch-windows";
import type { FaultCounter } from "./count-faults";
import type { WorkerContext } from "./worker";

/** Sources that share a commit, failures in it, and commits under way at once: the rest wait their turn. */
const windowsMax = 64;
const foundMax = 600;
const commitsMax = 2;

export type WindowRecorder = {
  /** Resolves after the commit that it was part of. Windows that wait share the next one. @throws what kept it from being written */
  record: (window: WindowToRecord) => Promise<RecordedWindow>;
  /** Failures that wait to be written: whoever reads on adds to them. */
  waitingCount: () => number;
};

type Waiting = {
  window: WindowToRecord;
  found: number;
  resolve: (recorded: RecordedWindow) => void;
  reject: (error: unknown) => void;
};

/** Puts windows of many sources into few commits while the database is busy, and makes one at once while it is not. */
export function createWindowRecorder(
  worker: WorkerContext,
  { watcher, leaseMs, faults }: { watcher: string; leaseMs: number; faults: FaultCounter },
): WindowRecorder {
  const waiting: Waiting[] = [];
  let commits = 0;
  let foundCount = 0;

  const recordAll = (batch: readonly Waiting[]) =>
    recordWindows(worker.context("log-sources"), {
      watcher,
      leaseMs,
      windows: batch.map((each) => each.window),
    });

  const commitNext = async () => {
    const batch = takeBatch(waiting);
    commits += 1;
    try {
      const recorded = await recordAll(batch);
      batch.forEach((each, at) => each.resolve(recorded[at] ?? { saved: false }));
      faults.passed();
    } catch (error) {
      // A fault of one window must not fail its neighbours; one of the database fails them all.
      if (batch.length > 1 && wasRolledBack(error)) await oneByOne(batch);
      else {
        for (const each of batch) each.reject(error);
        await faults.failed(error, "what was read in logs could not be written");
      }
    } finally {
      foundCount -= batch.reduce((sum, each) => sum + each.found, 0);
      commits -= 1;
      start();
    }
  };

  const oneByOne = async (batch: readonly Waiting[]) => {
    for (const each of batch) {
      try {
        const [recorded] = await recordAll([each]);
        each.resolve(recorded ?? { saved: false });
      } catch (error) {
        each.reject(error);
        await faults.failed(error, "what was read in a log could not be written");
      }
    }
  };

  const start = () => {
    while (commits < commitsMax && waiting.length > 0) void commitNext();
  };

  return {
    record: (window) =>
      new Promise((resolve, reject) => {
        const found = window.candidates.length + window.quarantined.length;
        foundCount += found;
        waiting.push({ window, found, resolve, reject });
        // After the sources that are done reading in this turn of the loop.
        setImmediate(start);
      }),
    waitingCount: () => foundCount,
  };
}

function takeBatch(waiting: Waiting[]): Waiting[] {
  const batch: Waiting[] = [];
  let found = 0;
  while (batch.length < windowsMax) {
    const next = waiting[0];
    if (!next || (batch.length > 0 && found + next.found > foundMax)) break;
    waiting.shift();
    batch.push(next);
    found += next.found;
  }
  return batch;
}
