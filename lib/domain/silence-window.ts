import type { ActiveWindow } from "./route-condition";
import { isOpen, localTime, minutesOf } from "./route-window";

const minuteMs = 60_000;
/** At most this far at once, so that a clock that is put forward or back is not jumped over. */
const hopMinutesMax = 60;
/** A week repeats: what has not changed by then never will. */
const horizonMs = 8 * 86_400_000;

/** No windows are all the time. */
export const isAnyOpen = (windows: readonly ActiveWindow[], nowMs: number): boolean =>
  windows.length === 0 || windows.some((window) => isOpen(window, nowMs));

/** The first minute after `nowMs` in which all windows are shut; null when that never happens. */
export const closesAt = (windows: readonly ActiveWindow[], nowMs: number): number | null =>
  windows.length === 0 ? null : firstMinute(windows, nowMs, (open) => !open);

/** The first minute after `nowMs` in which one is open; null when that never happens. */
export const opensAt = (windows: readonly ActiveWindow[], nowMs: number): number | null =>
  windows.length === 0 ? nowMs : firstMinute(windows, nowMs, (open) => open);

function firstMinute(
  windows: readonly ActiveWindow[],
  nowMs: number,
  wanted: (open: boolean) => boolean,
): number | null {
  const holds = (atMs: number) => wanted(isAnyOpen(windows, atMs));
  const limitMs = nowMs + horizonMs;
  let before = Math.floor(nowMs / minuteMs) * minuteMs;
  while (before < limitMs) {
    const after = before + hop(windows, before) * minuteMs;
    if (holds(after)) return narrowed(before, after, holds);
    before = after;
  }
  return null;
}

/** Minutes until something may change: a window's edge or midnight, by the clock of its zone. */
function hop(windows: readonly ActiveWindow[], atMs: number): number {
  let least = hopMinutesMax;
  for (const window of windows) {
    const now = localTime(window.zone, atMs);
    if (!now) continue;
    for (const edge of [minutesOf(window.from), minutesOf(window.to), 24 * 60]) {
      if (edge !== null && edge > now.minute) least = Math.min(least, edge - now.minute);
    }
  }
  return Math.max(1, least);
}

/** The change lies after `before` and not after `after`: a clock that was moved in between hides its minute. */
function narrowed(before: number, after: number, holds: (atMs: number) => boolean): number {
  let low = before;
  let high = after;
  while (high - low > minuteMs) {
    const middle = low + Math.floor((high - low) / (2 * minuteMs)) * minuteMs;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
