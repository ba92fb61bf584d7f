import { stopCommands } from "../run-command.mjs";

export class Interrupted extends Error {
  name = "Interrupted";
}

/** A terminal's Ctrl-C reaches us twice under npm (directly and passed on): only a later one means "at once". */
const secondSignalAfterMs = 1_000;

/**
 * What was started, and how it ends: `onStop` registers an undoing, `close` runs them in reverse order. Signals set
 * `stopping` and settle `stopped`; the main flow looks at them between its steps.
 */
export function createLifecycle() {
  const undoings = [];
  let stopping = false;
  let signalledAt = 0;
  let resolveStopped;
  let rejectStopped;
  const stopped = new Promise((resolve, reject) => {
    resolveStopped = resolve;
    rejectStopped = reject;
  });
  stopped.catch(() => {}); // a crash before anybody waits is reported by whoever does

  const onSignal = () => {
    if (!stopping) {
      stopping = true;
      signalledAt = Date.now();
      stopCommands();
      resolveStopped();
    } else if (Date.now() - signalledAt > secondSignalAfterMs) {
      console.error("Stopping at once. The next start recovers what was left.");
      process.exit(1);
    }
  };
  const onCrash = (error) => {
    console.error("Stopping: the server failed.", error);
    rejectStopped(error);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, onSignal);
  process.on("uncaughtException", onCrash);
  process.on("unhandledRejection", onCrash);
  // A closed terminal must not turn our last words into a crash.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

  return {
    /** Settles when we are told to stop; rejects when the program failed. */
    stopped,
    fail: onCrash,
    isStopping: () => stopping,
    onStop(undo) {
      undoings.push(undo);
    },
    throwIfStopping() {
      if (stopping) throw new Interrupted("interrupted");
    },
    async close() {
      stopping = true;
      let clean = true;
      for (const undo of undoings.splice(0).reverse()) {
        try {
          await undo();
        } catch (error) {
          clean = false;
          console.error(`While stopping: ${error.message}`);
        }
      }
      return clean;
    },
  };
}

/** Waits for `work`, but no longer: what hangs must not keep the database from being closed properly. */
export async function atMost(timeoutMs, work, label) {
  let timer;
  const patience = new Promise((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`${label} did not end within ${timeoutMs / 1_000} s`)),
      timeoutMs,
    );
  });
  try {
    await Promise.race([work, patience]);
  } finally {
    clearTimeout(timer);
  }
}
