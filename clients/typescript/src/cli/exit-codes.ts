/** What the command line answers to scripts. Part of its contract: never renumbered. */
export const exitCodes = {
  ok: 0,
  /** The server refused, or what was asked did not happen. */
  failed: 1,
  /** The command line or a file given to it is wrong. */
  usage: 2,
  /** No server answered, or not in time, or it is not ready. */
  unreachable: 3,
  /** What was compared differs: golden cases, or a configuration file and the server. */
  differs: 4,
} as const;

/** Wrong use, said in words that name what to do. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
