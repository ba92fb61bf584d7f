import pino from "pino";

/**
 * Structured logs to standard error. Nothing of a report, payload, header or secret is ever a field: log ids and codes.
 * The redact list is a net under that rule, not a licence to break it.
 */
export const logger = pino(
  {
    level: process.env.LOG_LEVEL ?? (process.env.NODE_ENV === "test" ? "silent" : "info"),
    base: undefined,
    redact: {
      paths: ["*.authorization", "*.cookie", "*.token", "*.secret", "*.password", "headers"],
      remove: true,
    },
  },
  pino.destination({ dest: 2, sync: false }),
);
