import { type ChangeKind, distance, type ReadChange, readSuspect } from "./suspect-change";
import type { CheckedClaim, Confidence, SuspectCommit } from "./triage";
import {
  type ClaimGround,
  clockToleranceMs,
  codeAt,
  commitOf,
  holds,
  knownCommits,
  refuted,
  resolvedFrames,
  unchecked,
} from "./triage-claim";
import { enclosingOf } from "./triage-place-claims";
import { dateOf, listed, place, quoted, shortHash, timeOf } from "./triage-words";

const suspectCap = 5;

/** Could the commits have brought the failure: by their times, by what they touched, and by what they did there? */
export function historyClaims(ground: ClaimGround): CheckedClaim[] {
  const { history } = ground.research;
  if (history.state !== "read" && history.suspects.length === 0) {
    const why: Record<typeof history.state, string> = {
      ...{
        read: "",
        no_root: "there is no project folder",
        no_repository: "the project is no git repository",
      },
      ...{ shallow: "the repository is a shallow clone", unreadable: "the repository could not be read" },
      git_missing: "git is not installed",
    };
    return [unchecked("suspect_before_failure", `What changed cannot be checked: ${why[history.state]}.`)];
  }
  return [
    ...history.suspects
      .slice(0, suspectCap)
      .flatMap((suspect) => [
        timeClaim(ground, suspect),
        ...touchClaims(ground, suspect),
        ...speakClaims(ground, suspect),
        ...standClaims(ground, suspect),
      ]),
    ...lineAgeClaims(ground),
    ...lastGoodClaims(ground),
  ];
}

/** A commit made after the failure was first seen cannot have brought it. */
function timeClaim({ subject }: ClaimGround, suspect: SuspectCommit): CheckedClaim {
  const rule = "suspect_before_failure";
  const commit = `Commit ${shortHash(suspect.hash)}`;
  const seen = timeOf(subject.firstSeenAtMs);
  const evidence = [commitOf(suspect.hash)];
  const latest = subject.firstSeenAtMs + clockToleranceMs;
  if (suspect.committedAtMs <= latest)
    return holds(
      rule,
      `${commit} of ${timeOf(suspect.committedAtMs)} is older than the failure, first seen ${seen}.`,
      { evidence },
    );
  if (suspect.authoredAtMs <= latest) {
    const statement = `${commit} was written ${timeOf(suspect.authoredAtMs)} and committed ${timeOf(suspect.committedAtMs)}, with the first sighting (${seen}) in between: it may have been rebased since.`;
    return unchecked(rule, statement, { evidence });
  }
  const statement = `${commit} of ${timeOf(suspect.committedAtMs)} is newer than the first sighting (${seen}) and cannot be its cause.`;
  return refuted(rule, statement, { evidence });
}

function touchClaims({ inspection, research }: ClaimGround, suspect: SuspectCommit): CheckedClaim[] {
  const rule = "suspect_touched_place";
  const frames = resolvedFrames(inspection);
  if (frames.length === 0) return [];
  const commit = `Commit ${shortHash(suspect.hash)}`;
  const evidence = [commitOf(suspect.hash)];
  for (const [index, frame] of frames.entries()) {
    const at = place(frame.path, frame.line);
    const blamed = research.history.blamed.some(
      (each) => each.path === frame.path && each.line === frame.line && each.hash === suspect.hash,
    );
    const changes = suspect.changes.filter((change) => change.path === frame.path);
    const covers = changes.some(
      (change) => distance(change, frame.line) <= (change.added.length === 0 ? 3 : 0),
    );
    const which = index === 0 ? "the failing line" : "a line of the trace";
    if (blamed || covers) {
      const confidence: Confidence = index === 0 ? "high" : "medium";
      return [
        holds(rule, `${commit} changed ${which}, ${at}.`, {
          evidence: [...evidence, codeAt(frame.path, frame.line)],
          confidence,
        }),
      ];
    }
    const block = enclosingOf(inspection.windows, frame);
    if (
      block &&
      changes.some(
        ({ fromLine, toLine }) => fromLine <= block.toLine && Math.max(fromLine, toLine) >= block.fromLine,
      )
    ) {
      const statement = `${commit} changed ${quoted(block.name, 60)} around ${at}, though not that line.`;
      const given = {
        evidence: [...evidence, codeAt(frame.path, block.fromLine, block.toLine)],
        certainty: "inference",
        confidence: "medium",
      } as const;
      return [holds(rule, statement, given)];
    }
  }
  const paths = [...new Set(suspect.changes.map((change) => change.path))];
  const changed =
    paths.length === 0
      ? "none of the lines looked at"
      : listed(
          paths.map((path) => quoted(path, 120)),
          3,
        );
  return [unchecked(rule, `${commit} changed ${changed}, and no function of the trace.`, { evidence })];
}

function speakClaims({ inspection, meaning }: ClaimGround, suspect: SuspectCommit): CheckedClaim[] {
  const read = readSuspect(suspect, meaning, resolvedFrames(inspection, 1)[0] ?? null);
  if (read === null || read.kind === "changed") return [];
  const { path, fromLine, toLine } = read.change;
  const given = {
    evidence: [commitOf(suspect.hash), codeAt(path, Math.max(1, fromLine), Math.max(1, fromLine, toLine))],
    certainty: "inference",
    confidence: strongKinds.has(read.kind) ? "high" : "medium",
  } as const;
  return [holds("suspect_change_fits", `Commit ${shortHash(suspect.hash)} ${didWhat(read)}.`, given)];
}

/** Is what the commit left still the working tree's? Only then can it be put back as it was. */
function standClaims({ code, inspection, meaning }: ClaimGround, suspect: SuspectCommit): CheckedClaim[] {
  const rule = "suspect_change_stands";
  const read = readSuspect(suspect, meaning, resolvedFrames(inspection, 1)[0] ?? null);
  const lines = read && code.get(read.change.path)?.lines;
  if (!read || !lines || read.kind === "changed") return [];
  const { path, added, removed, fromLine } = read.change;
  const commit = `Commit ${shortHash(suspect.hash)}`;
  const given = (from: number, to: number) => ({
    evidence: [codeAt(path, from, to), commitOf(suspect.hash)],
  });
  if (added.length > 0) {
    const at = startOf(lines, added, fromLine);
    if (at === null)
      return [
        unchecked(
          rule,
          `What ${commit.toLowerCase()} wrote in ${place(path, null)} was changed again since.`,
          { evidence: [commitOf(suspect.hash)] },
        ),
      ];
    return [
      holds(
        rule,
        `What ${commit.toLowerCase()} wrote still stands at ${place(path, at)}.`,
        given(at, at + added.length - 1),
      ),
    ];
  }
  const telling = removed.filter((line) => line.trim().length >= 8);
  const present = new Set([...lines.values()].map((line) => line.trim()));
  const at = Math.max(1, fromLine);
  if (telling.length === 0 || telling.every((line) => present.has(line.trim())) || !lines.has(at))
    return [
      unchecked(
        rule,
        `Whether what ${commit.toLowerCase()} removed is still missing from ${place(path, null)} could not be told.`,
        { evidence: [commitOf(suspect.hash)] },
      ),
    ];
  return [
    holds(
      rule,
      `What ${commit.toLowerCase()} removed is still missing at ${place(path, at)}.`,
      given(at, at),
    ),
  ];
}

/** Where these lines stand one after the other, nearest to where they were written. */
function startOf(lines: ReadonlyMap<number, string>, added: readonly string[], near: number): number | null {
  for (let away = 0; away <= 200; away += 1) {
    for (const from of away === 0 ? [near] : [near - away, near + away])
      if (added.every((line, index) => lines.get(from + index)?.trim() === line.trim())) return from;
  }
  return null;
}

const strongKinds: ReadonlySet<ChangeKind> = new Set([
  "removed_guard",
  "removed_default",
  "removed_definition",
  "added_raise",
]);

/** `removed the check ... at a.py:40`: what a commit did, after its name. */
export function didWhat({ kind, change, removed, added }: ReadChange): string {
  const at = place(change.path, Math.max(1, change.fromLine));
  const was = quoted(removed[0] ?? "", 100);
  const is = quoted(added[0] ?? "", 100);
  switch (kind) {
    case "removed_guard":
      return `removed the check ${was} at ${at}`;
    case "removed_default":
      return `took away the default or safe access at ${at}: ${was} became ${is}`;
    case "renamed":
      return `renamed ${was} to ${is} at ${at}`;
    case "changed_condition":
      return `changed a condition or bound at ${at}: ${was} became ${is}`;
    case "changed_literal":
      return `changed a value at ${at}: ${was} became ${is}`;
    case "changed_signature":
      return `changed the head of a function at ${at}: ${was} became ${is}`;
    case "removed_definition":
      return `removed ${was} at ${at}`;
    case "added_raise":
      return `added what raises this, ${is}, at ${at}`;
    case "added_use":
      return `added ${is} at ${at}`;
    case "changed":
      return removed.length + added.length === 0
        ? `changed ${at}`
        : `changed ${at}: ${removed[0] ? `${was} became ` : ""}${is}`;
  }
}

/** A line that was changed after the failure was first seen is not the line that failed then. */
function lineAgeClaims({ inspection, research, subject }: ClaimGround): CheckedClaim[] {
  const [frame] = resolvedFrames(inspection, 1);
  if (!frame) return [];
  const blamed = research.history.blamed.find((each) => each.path === frame.path && each.line === frame.line);
  const commit = blamed && knownCommits(research).get(blamed.hash);
  if (!commit) return [];
  const at = place(frame.path, frame.line);
  const evidence = [codeAt(frame.path, frame.line), commitOf(commit.hash)];
  if (commit.committedAtMs <= subject.firstSeenAtMs + clockToleranceMs)
    return [
      holds(
        "line_older_than_failure",
        `${at} is as it was since ${dateOf(commit.committedAtMs)}, before the failure was first seen.`,
        { evidence },
      ),
    ];
  if (commit.authoredAtMs <= subject.firstSeenAtMs + clockToleranceMs) return [];
  const statement = `${at} was changed by commit ${shortHash(commit.hash)} of ${timeOf(commit.committedAtMs)}, after the failure was first seen (${timeOf(subject.firstSeenAtMs)}): the code here is not the version that failed first.`;
  return [refuted("line_older_than_failure", statement, { evidence })];
}

/** Was anything changed since the same failure had been gone? */
function lastGoodClaims({ research, subject }: ClaimGround): CheckedClaim[] {
  const rule = "changed_since_last_good";
  const { lastGoodAtMs, firstSeenAtMs } = subject;
  if (lastGoodAtMs === null)
    return [
      unchecked(rule, "The failure was not known before, so that there is no earlier time to compare with."),
    ];
  if (research.history.state !== "read")
    return [unchecked(rule, "The history is not whole, so that what changed since cannot be told.")];
  const commits = knownCommits(research);
  const asked = new Set([...research.history.suspects, ...research.history.blamed].map((each) => each.hash));
  const since = [...asked].flatMap((hash) => {
    const commit = commits.get(hash);
    const isBetween =
      commit !== undefined &&
      commit.committedAtMs > lastGoodAtMs &&
      commit.committedAtMs <= firstSeenAtMs + clockToleranceMs;
    return isBetween ? [commit] : [];
  });
  const span = `between ${timeOf(lastGoodAtMs)}, when it was last seen before, and ${timeOf(firstSeenAtMs)}, when it came back`;
  if (since.length > 0) {
    const named = listed(since.map((each) => shortHash(each.hash)));
    return [
      holds(rule, `${named} changed the lines in question ${span}.`, {
        evidence: since.map((each) => commitOf(each.hash)),
      }),
    ];
  }
  const head = research.history.head;
  if (!head) return [unchecked(rule, "The newest commit is not known.")];
  const statement = `None of the commits looked at changed the lines in question ${span}: what changed lies elsewhere, or is not code.`;
  return [
    refuted(rule, statement, {
      evidence: [commitOf(head.hash)],
      certainty: "inference",
      confidence: "medium",
    }),
  ];
}
