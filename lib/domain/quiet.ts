import type { ActorRef } from "./actor";
import { type Reason, reason } from "./reason";

/*
 * A quiet incident is counted like any other and asks nobody for anything: its drafts are not among what waits, its issues
 * are told nothing. What somebody decides about it goes on. There are two kinds:
 * - snoozed: until something happens, whichever comes first of what was named; being resolved ends it too;
 * - muted: until a time, whatever happens.
 */

export type Snooze = {
  untilMs: number | null;
  /** Wakes once it was seen this often in all: the count at the time and those further. */
  untilCount: number | null;
  /** Wakes with the first release that was not known then. */
  untilNextRelease: boolean;
  reason: string | null;
  by: ActorRef;
  atMs: number;
};
export type Mute = { untilMs: number; reason: string | null; by: ActorRef; atMs: number };
/** Why an incident is no longer quiet, when that ended by itself. */
export type Woke = { from: "snooze" | "mute"; why: Reason; atMs: number };

export type SnoozeWish = { untilMs: number | null; furtherCount: number | null; nextRelease: boolean };

export const quietMaxMs = 366 * 86_400_000;
const furtherMax = 1_000_000;

export function snoozeRefusal(wish: SnoozeWish, nowMs: number): Reason | null {
  const { untilMs, furtherCount, nextRelease } = wish;
  if (untilMs === null && furtherCount === null && !nextRelease)
    return reason("snooze_endless", "Say what ends it: a time, a number of sightings or the next release", {
      field: "until_ms",
    });
  if (furtherCount !== null && (furtherCount < 1 || furtherCount > furtherMax))
    return reason("count_out_of_range", `Between 1 and ${furtherMax} further sightings`, {
      field: "further_count",
    });
  return untilMs === null ? null : endRefusal(untilMs, nowMs);
}

export function endRefusal(untilMs: number, nowMs: number): Reason | null {
  if (untilMs <= nowMs) return reason("end_passed", "That time has passed", { field: "until_ms" });
  if (untilMs > nowMs + quietMaxMs)
    return reason("end_too_far", "At most a year from now", { field: "until_ms" });
  return null;
}

export type QuietFacts = {
  snooze: Snooze | null;
  mute: Mute | null;
  occurrenceCount: number;
  /** The first release seen since it was snoozed that was not known before. */
  newRelease: string | null;
};

/** What ends now, and why; null while it stays as it is. */
export function wakeOf(facts: QuietFacts, nowMs: number): Woke | null {
  const { snooze, mute } = facts;
  const why = snooze && snoozeEnd(snooze, facts, nowMs);
  if (why) return { from: "snooze", why, atMs: nowMs };
  if (mute && mute.untilMs <= nowMs)
    return { from: "mute", why: reason("mute_over", "The time it was muted for is over"), atMs: nowMs };
  return null;
}

function snoozeEnd(
  snooze: Snooze,
  { occurrenceCount, newRelease }: QuietFacts,
  nowMs: number,
): Reason | null {
  if (snooze.untilNextRelease && newRelease !== null)
    return reason("new_release", `It came in a new release, ${newRelease}`, { release: newRelease });
  if (snooze.untilCount !== null && occurrenceCount >= snooze.untilCount)
    return reason("count_reached", `It was seen ${occurrenceCount} times`, { count: occurrenceCount });
  if (snooze.untilMs !== null && snooze.untilMs <= nowMs) return reason("time_over", "Its time is over");
  return null;
}

/** That it is done with, and whether it came back: then it is a regression. */
export type Resolution = {
  atMs: number;
  /** null: because its issue was closed. */
  by: ActorRef | null;
  how: "by_hand" | "issue_closed";
  reason: string | null;
  /** The release it is resolved in; the newest it was seen in when none was named. */
  release: string | null;
  cameBackAtMs: number | null;
  cameBackRelease: string | null;
};

/** Seen after it was resolved: it came back, for good until it is resolved again. */
export function cameBack(
  resolution: Resolution,
  firstSince: { atMs: number; release: string | null } | null,
): Resolution | null {
  if (resolution.cameBackAtMs !== null || firstSince === null || firstSince.atMs <= resolution.atMs)
    return null;
  return { ...resolution, cameBackAtMs: firstSince.atMs, cameBackRelease: firstSince.release };
}
