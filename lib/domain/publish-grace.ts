/** The longest time for which a publish waits to be undone. */
export const publishGraceMsMax = 60_000;

/** How long what is queued waits before it may leave: as long as the host says, or longer where the caller asks for it. */
export function graceOf(hostMs: number, askedMs: number | null | undefined): number {
  return Math.min(publishGraceMsMax, Math.max(hostMs, askedMs ?? 0, 0));
}
