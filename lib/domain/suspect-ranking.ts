import { connectedCommits } from "./suspect-connection";
import type { Edit } from "./suspect-edit";
import type { FailurePicture } from "./suspect-failure";
import { isNeutral, type JudgedCommit, type Lineage, lineagesOf } from "./suspect-lineage";
import { natureJudge } from "./suspect-nature";
import type { CommitPatch } from "./suspect-patch";
import type { Place } from "./suspect-place";
import { type Points, pointsOf } from "./suspect-points";
import type { SuspectRule } from "./suspect-rules";
import { commitFactors, introductionKeeps, recencyPoints, type Times } from "./suspect-times";
import { namesIn } from "./suspect-tokens";
import type { Confidence, SuspectCommit } from "./triage";

export type RankingInput = {
  picture: FailurePicture;
  /** Newest first. */
  commits: readonly CommitPatch[];
  /** Commits that changed the functions in question, with what they changed of them. */
  ranged: readonly CommitPatch[];
  /** What a path was called before, itself included. */
  formerPaths: ReadonlyMap<string, ReadonlySet<string>>;
  /** Commits whose parents are not known. */
  boundary: ReadonlySet<string>;
  times: Times;
};

const suspectCap = 10;

/**
 * Orders commits by how likely they brought the failure; those that are not connected with it are left out. In steps of a few
 * milliseconds, one a commit, so that whoever takes them can let others work in between.
 */
export function* rankingSteps(input: RankingInput): Generator<undefined, SuspectCommit[]> {
  const known = input.commits.filter((commit) => !input.boundary.has(commit.hash));
  const { connected, rarity } = connectedCommits(known, input.picture, input.formerPaths);
  const judged: JudgedCommit[] = [];
  const substantial: JudgedCommit[] = [];
  for (const { commit, edits, near } of connected) {
    const each: JudgedCommit = { commit, near, natureOf: natureJudge(edits) };
    judged.push(each);
    if (near.filter((edit) => !isNeutral(each.natureOf(edit))).length > 0) substantial.push(each);
    yield;
  }
  const lineages = lineagesOf(input.picture.places, judged, input.formerPaths);
  const ranges = rangesByCommit(input.ranged);
  const scored: Scored[] = [];
  for (const each of judged) {
    const edits = scoreEdits(each, { rarity, lineages, ranges, input });
    scored.push(
      scoreCommit(each.commit, edits, input, substantial.indexOf(each) / Math.max(1, substantial.length)),
    );
    yield;
  }
  return bestOf(scored);
}

function bestOf(scored: readonly Scored[]): SuspectCommit[] {
  const ordered = scored
    .filter((each) => each.score >= 3)
    .sort((a, b) => b.score - a.score || b.commit.committedAtMs - a.commit.committedAtMs);
  const floor = (ordered[0]?.score ?? 0) * 0.15;
  return ordered
    .filter((each) => each.score >= floor)
    .slice(0, suspectCap)
    .map((each, index, all) => suspectOf(each, index, all));
}

type Scored = {
  commit: CommitPatch;
  score: number;
  rules: Map<SuspectRule, number>;
  edits: Array<{ edit: Edit; points: number }>;
};

type Surroundings = {
  rarity: (name: string) => number;
  lineages: ReadonlyMap<Edit, Lineage>;
  ranges: ReadonlyMap<string, ChangedLines>;
  input: RankingInput;
};

function scoreEdits(
  { commit, near, natureOf }: JudgedCommit,
  { rarity, lineages, ranges, input }: Surroundings,
): Array<{ edit: Edit; points: Points }> {
  const { picture, formerPaths, times } = input;
  const shared = {
    ...{ picture, rarity, lostNames: lostNamesOf(near) },
    addedLines: new Set(near.flatMap((edit) => edit.added.map((line) => line.trim()))),
    introductionKeeps: introductionKeeps(commit, times),
    createsFiles: commit.files.some((file) => file.kind === "created"),
  };
  return near.map((edit) => {
    const here = picture.places.filter((place) => formerPaths.get(place.path)?.has(edit.path));
    const points = pointsOf(edit, natureOf(edit), {
      ...shared,
      lineage: lineages.get(edit),
      inFunctionOf: here.filter((place) => isInFunction(edit, place, ranges.get(commit.hash))),
      sameFile: here[0] ?? null,
    });
    return { edit, points };
  });
}

function scoreCommit(
  commit: CommitPatch,
  scored: Array<{ edit: Edit; points: Points }>,
  input: RankingInput,
  age: number,
): Scored {
  const ordered = scored
    .filter((each) => each.points.total > 0)
    .sort((a, b) => b.points.total - a.points.total);
  const rules = new Map<SuspectRule, number>();
  const best = ordered[0]?.points;
  for (const [rule, points] of best?.rules ?? []) rules.set(rule, points);
  let score = (best?.total ?? 0) + 0.2 * (ordered[1]?.points.total ?? 0);
  // When it happened only says something of a commit that has to do with the failure.
  const share = Math.min(1, score / 20);
  for (const [rule, points] of recencyPoints(commit, input.times, age)) {
    rules.set(rule, points * share);
    score += points * share;
  }
  for (const [rule, factor] of commitFactors(commit, input.commits, input.times)) {
    score *= factor;
    rules.set(rule, 0);
  }
  return { commit, score, rules, edits: ordered.map(({ edit, points }) => ({ edit, points: points.total })) };
}

function lostNamesOf(edits: readonly Edit[]): ReadonlySet<string> {
  const balance = new Map<string, number>();
  for (const { removedTokens, addedTokens } of edits) {
    for (const name of namesIn(removedTokens)) balance.set(name, (balance.get(name) ?? 0) - 1);
    for (const name of namesIn(addedTokens)) balance.set(name, (balance.get(name) ?? 0) + 1);
  }
  return new Set([...balance].filter(([, count]) => count < 0).map(([name]) => name));
}

type ChangedLines = ReadonlyMap<string, ReadonlySet<string>>;

function rangesByCommit(ranged: readonly CommitPatch[]): ReadonlyMap<string, ChangedLines> {
  const byCommit = new Map<string, Map<string, Set<string>>>();
  for (const { hash, files } of ranged) {
    const byPath = byCommit.get(hash) ?? new Map<string, Set<string>>();
    byCommit.set(hash, byPath);
    for (const file of files) {
      const lines = byPath.get(file.path) ?? new Set<string>();
      byPath.set(file.path, lines);
      for (const line of file.hunks.flatMap((hunk) => hunk.lines)) {
        if (line.kind !== "kept") lines.add(line.kind + line.text);
      }
    }
  }
  return byCommit;
}

/** By the function's name, or by its own history; where the names differ, all of the edit must be in that. */
function isInFunction(edit: Edit, place: Place, changed: ChangedLines | undefined): boolean {
  const areNamed = edit.functionName !== null && place.functionName !== null;
  if (areNamed && edit.functionName === place.functionName) return true;
  const lines = changed?.get(edit.path);
  if (!lines) return false;
  const own = [
    ...edit.removed.map((text) => `removed${text}`),
    ...edit.added.map((text) => `added${text}`),
  ].filter((line) => /\w/.test(line.slice(line.startsWith("removed") ? 7 : 5)));
  if (own.length === 0) return false;
  return areNamed ? own.every((line) => lines.has(line)) : own.some((line) => lines.has(line));
}

function suspectOf(
  { commit, score, rules, edits }: Scored,
  index: number,
  all: readonly Scored[],
): SuspectCommit {
  const { hash, author, authoredAtMs, committedAtMs, subject } = commit;
  return {
    ...{ hash, author, authoredAtMs, committedAtMs, subject },
    rank: index + 1,
    score: Math.round(score * 10) / 10,
    confidence: confidenceOf(score, all[index === 0 ? 1 : 0]?.score ?? 0, index),
    because: [...rules].sort((a, b) => b[1] - a[1]).map(([rule]) => rule),
    changes: edits.slice(0, 6).map(({ edit }) => ({
      path: edit.path,
      fromLine: edit.fromLine,
      toLine: edit.fromLine + Math.max(0, edit.added.length - 1),
      removed: shown(edit.removed),
      added: shown(edit.added),
    })),
  };
}

/** How sure: by its points, and by how far it stands out from the next. Only the first can be more than doubtful. */
export function confidenceOf(score: number, next: number, index: number): Confidence {
  if (index > 0) return "low";
  if (score >= 40 && score >= next * 1.4) return "high";
  return score >= 22 && score >= next * 1.15 ? "medium" : "low";
}

const shown = (lines: readonly string[]): string[] =>
  lines.slice(0, 12).map((line) =>
    line
      .replace(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069]/gu, (each) => (each === "\t" ? each : " "))
      .slice(0, 300)
      .toWellFormed(),
  );
