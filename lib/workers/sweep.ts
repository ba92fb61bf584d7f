import { countFaults } from "./count-faults";
import type { Worker, WorkerContext } from "./worker";

export type Sweep = {
  /** The loop's name in logs and in incidents about this product. */
  name: string;
  everyMs: number;
  /** What to say when it fails. */
  failure: string;
  run: () => Promise<void>;
};

/** Runs a sweep at an interval, never twice at once; a failing one is told of and tried again at the next turn. */
export function startSweep(worker: WorkerContext, { name, everyMs, failure, run }: Sweep): Worker {
  const faults = countFaults(worker, name);
  let busy: Promise<void> | null = null;
  const sweep = async () => {
    try {
      await run();
      faults.passed();
    } catch (error) {
      await faults.failed(error, failure);
    }
  };
  const timer = setInterval(() => {
    busy ??= sweep().finally(() => {
      busy = null;
    });
  }, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await busy;
    },
  };
}
