import type { Issue } from "./config-issue";
import type { ActiveWindow } from "./route-condition";
import { isTimeZone, minutesOf, neverOpens } from "./route-window";
import {
  holdsFrom,
  isEmptyMatcher,
  type Silence,
  type SilenceMatcher,
  silenceLists,
  silenceState,
} from "./silence";
import { normaliseList, storable } from "./text";

const dayMs = 86_400_000;
/** A silence is for a while: what should never leave is a route's business. */
export const silenceDaysMax = 90;
/** Not ended at one time: each is held against every draft that is about to leave. */
export const silencesMax = 200;
/** Of one project, so that none uses up what is for all. */
export const projectSilencesMax = 50;

/** What somebody asks for. */
export type SilenceWish = Pick<Silence, "matcher" | "reason" | "windows" | "startsAtMs" | "expiresAtMs">;

/** The form that is stored: trimmed, without repeats and blanks. */
export function normaliseSilence(wish: SilenceWish): SilenceWish {
  const lists = silenceLists.map((list) => [list, normaliseList(wish.matcher[list]).map(storable)]);
  const matchTitle = wish.matcher.matchTitle?.trim() ? storable(wish.matcher.matchTitle.trim()) : null;
  return {
    ...wish,
    matcher: { ...Object.fromEntries(lists), matchTitle } as SilenceMatcher,
    reason: storable(wish.reason.trim()),
    windows: wish.windows.map(({ days, ...window }) => ({
      ...window,
      ...(days && days.length > 0 && { days: [...new Set(days)] }),
    })),
  };
}

/** Everything wrong with it, by the wire's names; empty when it may be saved. */
export function silenceIssues(wish: SilenceWish, nowMs: number): Issue[] {
  const found: Issue[] = [];
  const issue = (path: string, code: string, message: string) => found.push({ path, code, message });
  if (isEmptyMatcher(wish.matcher))
    issue(
      "matcher",
      "silence_matches_everything",
      "Say what to silence; to hold everything, pause the monitor",
    );
  if (wish.reason === "")
    issue("reason", "silence_reason_required", "Say why; it is shown wherever something is held");
  if (wish.expiresAtMs <= nowMs) issue("expires_at_ms", "silence_expired", "The end lies in the past");
  else if (wish.expiresAtMs <= wish.startsAtMs)
    issue("expires_at_ms", "silence_ends_before_start", "The end must come after the start");
  else if (wish.expiresAtMs > nowMs + silenceDaysMax * dayMs)
    issue("expires_at_ms", "silence_too_long", `At most ${silenceDaysMax} days from now`);
  found.push(...wish.windows.flatMap(windowIssues));
  if (found.length === 0 && !everHolds(wish, nowMs))
    issue("windows", "silence_never_holds", "No window opens between the start and the end");
  return found;
}

function windowIssues(window: ActiveWindow, place: number): Issue[] {
  const found: Issue[] = [];
  const issue = (field: string, message: string) =>
    found.push({ path: `windows[${place}].${field}`, code: "silence_window_invalid", message });
  if (!isTimeZone(window.zone)) issue("zone", "Not the name of a time zone, such as Europe/Berlin");
  if (minutesOf(window.from) === null || window.from === "24:00")
    issue("from", "A time of day, 00:00 to 23:59");
  if (minutesOf(window.to) === null) issue("to", "A time of day, 00:00 to 24:00");
  if (found.length === 0 && neverOpens(window))
    issue("to", "It ends where it begins; for a whole day say 00:00 to 24:00");
  return found;
}

function everHolds(wish: SilenceWish, nowMs: number): boolean {
  const somebody = { kind: "system", id: "", name: "" } as const;
  const silence: Silence = {
    ...wish,
    silenceId: "",
    version: 1,
    createdBy: somebody,
    updatedBy: null,
    endedBy: null,
    endedAtMs: null,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  };
  return silenceState(silence, nowMs) === "active" || holdsFrom(silence, nowMs) !== null;
}
