import pino from "pino";
import { logger } from "@/lib/logger";

/** All that this process logs from now on, at the most talkative level, as it would stand in the server's log. */
export function captureLog(): { text: () => string; stop: () => void } {
  const lines: string[] = [];
  const log = logger as unknown as Record<symbol, unknown>;
  const stream = log[pino.symbols.streamSym];
  const { level } = logger;
  log[pino.symbols.streamSym] = { write: (line: string) => lines.push(line) };
  logger.level = "trace";
  return {
    text: () => lines.join(""),
    stop: () => {
      logger.level = level;
      log[pino.symbols.streamSym] = stream;
    },
  };
}
