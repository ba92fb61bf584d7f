export type Repetition = {
  /** Now, or right after the run that is under way. */
  soon: () => void;
  /** No further run; resolves when the last one has ended. */
  stop: () => Promise<void>;
};

/** Runs `work` at an interval and when asked to, never twice at the same time. It does not throw. */
export function repeat(everyMs: number, work: () => Promise<void>): Repetition {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let isWanted = false;
  let isStopped = false;
  const run = () => {
    clearTimeout(timer);
    isWanted = running !== null;
    if (isStopped || running) return;
    running = work().finally(() => {
      running = null;
      if (!isStopped) timer = setTimeout(run, isWanted ? 0 : everyMs);
    });
  };
  return {
    soon: run,
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
