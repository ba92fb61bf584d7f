/** How long a proof (password or one-time code) stands for deciding what is dangerous. */
export const stepUpLifetimeMs = 10 * 60_000;

/** Has this session proven lately that its person is still there? Never from the future: a clock set back proves nothing. */
export function isSteppedUp(stepUpAtMs: number | null, nowMs: number): boolean {
  return stepUpAtMs !== null && stepUpAtMs <= nowMs && nowMs - stepUpAtMs < stepUpLifetimeMs;
}
