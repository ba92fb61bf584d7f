import { wasRolledBack } from "@/lib/db/transaction";
import {
  type RecordedWindow,
  recordWindows,
  type WindowToRecord,
} from "@/lib/pipeline/sources/watch-windows";
import { countFaults, type FaultCounter } from "./count-faults";
import type { WorkerContext } from "./worker";

/** Sources that share a commit, failures in it, and commits under way at once: the rest wait their turn. */
const windowsMax = 64;
const foundMax = 600;
const commitsMax = 2;
const faultName = "log-sources";

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
  { watcher, leaseMs }: { watcher: string; leaseMs: number },
): WindowRecorder {
  const waiting: Waiting[] = [];
  /** Of the database, which concerns every source; and of sources whose own windows it refuses, while others' are written. */
  const faults = countFaults(worker, faultName);
  const ownFaults = new Map<string, FaultCounter>();
  let commits = 0;
  let foundCount = 0;

  const recordAll = (batch: readonly Waiting[]) =>
    recordWindows(worker.context("log-sources"), {
      watcher,
      leaseMs,
      windows: batch.map((each) => each.window),
    });

  const end = (each: Waiting, recorded: RecordedWindow | undefined) => {
    ownFaults.delete(each.window.watched.key);
    each.resolve(recorded ?? { saved: false });
  };

  const refuse = async (each: Waiting, error: unknown) => {
    const { key } = each.window.watched;
    const own = ownFaults.get(key) ?? countFaults(worker, faultName);
    ownFaults.set(key, own);
    each.reject(error);
    await own.failed(error, "what was read in a log could not be written");
  };

  const commitNext = async () => {
    const batch = takeBatch(waiting);
    commits += 1;
    try {
      const recorded = await recordAll(batch);
      batch.forEach((each, at) => end(each, recorded[at]));
      faults.passed();
    } catch (error) {
      // A fault of one window must not fail its neighbours; one of the database fails them all.
      if (wasRolledBack(error)) await oneByOne(batch, error);
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

  const oneByOne = async (batch: readonly Waiting[], fault: unknown) => {
    const [only] = batch;
    if (only && batch.length === 1) return refuse(only, fault);
    for (const each of batch) {
      try {
        const [recorded] = await recordAll([each]);
        end(each, recorded);
      } catch (error) {
        await refuse(each, error);
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
