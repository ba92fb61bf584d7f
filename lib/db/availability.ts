const awayCodes = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH"],
  // It shuts down, recovers, starts, has no connection left, or has no room to write.
  ...["57P01", "57P02", "57P03", "53300", "53100"],
  // Prisma's names for the same, and for waiting in vain for a connection.
  ...["P1001", "P1002", "P1008", "P1017", "P2024", "P2028"],
]);
const awayKinds = new Set([
  "DatabaseNotReachable",
  "ConnectionClosed",
  "SocketTimeout",
  "TooManyConnections",
]);
/** The driver gives these no code. */
const awayWords =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error)/;

type Shape = { code?: unknown; message?: unknown; kind?: unknown; originalCode?: unknown; cause?: unknown };

/** Whether it was the database that could not be reached or could not go on, and not the statement that is wrong. */
export function isDatabaseAway(error: unknown): boolean {
  for (let each = error as Shape | undefined, depth = 0; each && depth < 4; depth++) {
    if (awayCodes.has(String(each.code)) || awayCodes.has(String(each.originalCode))) return true;
    if (awayKinds.has(String(each.kind)) || awayWords.test(String(each.message))) return true;
    each = each.cause as Shape | undefined;
  }
  return false;
}
