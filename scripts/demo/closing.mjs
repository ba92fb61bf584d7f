/** Something a person can act upon: shown without a stack. */
export class DemoError extends Error {
  name = "DemoError";
  exitCode = 1;
}

export class UsageError extends DemoError {
  exitCode = 2;
}

/** Under npm a terminal's Ctrl-C arrives twice: only a later one means "at once". */
const secondSignalAfterMs = 1_000;

/** Runs the demo and undoes what it opened, newest first, however it ends. Ctrl-C ends the waiting, not the tidying. */
export function closesWith(process) {
  const undoings = [];
  let signalledAt = 0;
  let stop;
  const stopped = new Promise((resolve) => {
    stop = resolve;
  });
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.on(signal, () => {
      stop();
      if (signalledAt > 0 && Date.now() - signalledAt > secondSignalAfterMs) process.exit(130);
      signalledAt ||= Date.now();
    });
  }
  return {
    /** Settles when we are told to stop. */
    stopped,
    onEnd: (undo) => undoings.push(undo),
    async run(work) {
      let code;
      try {
        code = await work();
      } catch (error) {
        console.error(error instanceof DemoError ? `\nThe demo stopped: ${error.message}` : error);
        code = error.exitCode ?? 1;
      }
      for (const undo of undoings.splice(0).reverse()) {
        try {
          await undo();
        } catch (error) {
          console.error(`While tidying up: ${error.message}`);
        }
      }
      return code;
    },
  };
}
