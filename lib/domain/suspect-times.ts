import type { CommitPatch } from "./suspect-patch";
import type { SuspectRule } from "./suspect-rules";

/** When the failure was seen: first, and, where it had been closed before, last before that. */
export type Times = { firstSeenAtMs: number; lastGoodAtMs: number | null };

const minute = 60_000;
const day = 24 * 60 * minute;
/** Clocks of the machine that committed and the one that failed may differ. */
const clockSlackMs = 10 * minute;

/** Points for when a commit was made; `age` is its place among the commits of substance, 0 the newest, below 1. */
export function recencyPoints(
  commit: CommitPatch,
  { firstSeenAtMs, lastGoodAtMs }: Times,
  age: number,
): Array<[SuspectRule, number]> {
  const points: Array<[SuspectRule, number]> = [["among_the_last_changes", age < 0 ? 0 : 6 * (1 - age)]];
  const before = firstSeenAtMs - commit.committedAtMs;
  if (before >= -clockSlackMs) {
    if (before <= day) points.push(["shortly_before_first_seen", 4]);
    else if (before <= 7 * day) points.push(["shortly_before_first_seen", 2]);
  }
  if (lastGoodAtMs !== null && commit.committedAtMs > lastGoodAtMs) points.push(["since_last_good", 8]);
  return points.filter(([, value]) => value > 0);
}

/** What makes a whole commit less likely, whatever its edits are: a factor on its points, by rule. */
export function commitFactors(
  commit: CommitPatch,
  commits: readonly CommitPatch[],
  times: Times,
): Array<[SuspectRule, number]> {
  const factors: Array<[SuspectRule, number]> = [];
  if (
    Math.min(commit.committedAtMs, commit.authoredAtMs || commit.committedAtMs) >
    times.firstSeenAtMs + clockSlackMs
  ) {
    factors.push(["after_first_seen", 0.05]);
  } else if (commit.committedAtMs > times.firstSeenAtMs + clockSlackMs)
    factors.push(["rewritten_after_first_seen", 0.6]);
  if (times.lastGoodAtMs !== null && commit.committedAtMs <= times.lastGoodAtMs)
    factors.push(["before_last_good", 0.5]);
  if (commit.parents.length === 0) factors.push(["first_commit", 0.15]);
  if (commit.parents.length > 1) factors.push(["is_merge", 0.6]);
  const files = commit.fileCount ?? 0;
  if (files > 200) factors.push(["mass_change", 0.3]);
  else if (files > 50) factors.push(["mass_change", 0.6]);
  if (wasReverted(commit, commits)) factors.push(["was_reverted", 0.1]);
  return factors;
}

/** Git's own words for a revert, over a commit newer than the one it names. */
function wasReverted(commit: CommitPatch, commits: readonly CommitPatch[]): boolean {
  const index = commits.indexOf(commit);
  const reverts = commits
    .slice(0, Math.max(0, index))
    .filter((each) => each.subject === `Revert "${commit.subject}"`);
  const again = commits
    .slice(0, Math.max(0, index))
    .filter((each) => each.subject === `Reapply "${commit.subject}"`);
  return reverts.length > again.length;
}

/** Code that ran for a while before anything failed is seldom to blame by itself; code just brought in may well be. */
export const introductionKeeps = (commit: CommitPatch, { firstSeenAtMs }: Times): number =>
  firstSeenAtMs - commit.committedAtMs <= 2 * day ? 0.4 : 0.12;
