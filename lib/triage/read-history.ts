import { configurationsNamed } from "@/lib/domain/suspect-configured";
import { type FailurePicture, pathsInQuestion, pictureOf } from "@/lib/domain/suspect-failure";
import { historyFindings } from "@/lib/domain/suspect-findings";
import type { CommitPatch } from "@/lib/domain/suspect-patch";
import { type RankingInput, rankingSteps } from "@/lib/domain/suspect-ranking";
import type {
  CommitFacts,
  Finding,
  History,
  Inspection,
  LookedAt,
  SuspectCommit,
  TriageLimits,
  TriageSubject,
} from "@/lib/domain/triage";
import { gitPathOf, kindOf, realPathOf } from "./git-files";
import {
  type LineRange,
  type Reading,
  readBlame,
  readFilesAtHead,
  readPathPatches,
  readRangePatches,
  readWholePatches,
  type WalkedCommit,
  walkCommits,
} from "./git-history";
import { type GitRepository, openRepository } from "./git-repository";

export type ReadHistoryInput = {
  /** The project's folder, and the top of its repository; null when it has none. */
  root: string | null;
  inspection: Inspection;
  subject: TriageSubject;
  /** Where `git` is looked for: the folders of the process unless told. */
  searchPath?: string;
};

export type ReadHistory = { history: History; lookedAt: LookedAt[]; findings: Finding[] };

/** How far back is looked: in the whole repository, and for the files in question. */
const walkCount = 300;
const pathCount = 200;
/** A commit with more files is looked at for the files in question only. */
const wholeFilesMax = 40;
const rangeCap = 4;
const blamedLinesMax = 120;

/**
 * The git half of research: the last changes of the failing lines and the commits that may have brought the failure. Reads
 * only, nothing of the repository runs; what is not read in time is left out and said. Never throws for what it finds there.
 */
export async function readHistory(input: ReadHistoryInput, limits: TriageLimits): Promise<ReadHistory> {
  const { root } = input;
  if (root === null)
    return unread("no_root", { what: "git history", outcome: "absent", note: "The project has no root." });
  const opened = await openRepository(root).catch(() => ({
    ...{ state: "unreadable" as const, note: "The repository could not be read." },
  }));
  switch (opened.state) {
    case "open":
      break;
    case "no_repository":
      return unread("no_repository", { what: ".git", outcome: "absent", note: opened.note });
    case "empty":
      return unread("read", { what: ".git", outcome: "absent", note: opened.note });
    case "refused":
    case "unreadable":
      return unread("unreadable", { what: ".git", outcome: "refused", note: opened.note });
  }
  const { repository } = opened;
  try {
    const reading: Reading = {
      deadlineAtMs: Date.now() + limits.deadlineMs,
      signal: limits.signal,
      // The operating system's own list, as a shell would use it; no setting of ours.
      searchPath: input.searchPath ?? process.env.PATH ?? "",
    };
    return await readOpened(repository, reading, input);
  } finally {
    await repository.close();
  }
}

function unread(state: History["state"], lookedAt: LookedAt): ReadHistory {
  return { history: { state, head: null, suspects: [], blamed: [] }, lookedAt: [lookedAt], findings: [] };
}

async function readOpened(
  repository: GitRepository,
  reading: Reading,
  input: ReadHistoryInput,
): Promise<ReadHistory> {
  const { inspection, subject } = input;
  const lookedAt: LookedAt[] = [];
  const asked = pathsInQuestion(inspection).flatMap((path) => gitPathOf(repository.root, path) ?? []);
  const walk = await walkCommits(repository, reading, walkCount);
  if (walk.ended === "missing") {
    return unread("git_missing", { what: "git", outcome: "absent", note: "This host has no git." });
  }
  const head = walk.value[0]?.facts;
  if (!head) {
    const note = walk.ended === "aborted" ? "Stopped before it was read." : "Git could not read its commits.";
    return unread("unreadable", { what: ".git", outcome: "refused", note });
  }
  const nearby = [...asked, ...changedLately(walk.value, asked)];
  const files = (await readFilesAtHead(repository, reading, nearby)).value;
  lookedAt.push(
    seen(`${walk.value.length} commits`, walk.ended),
    ...(await absentFiles(repository, asked, files)),
  );
  const configurations = configurationsNamed(files.values(), pathsOf(walk.value));
  const picture = pictureOf(inspection, subject, files, configurations);
  const formerPaths = formerPathsOf([...new Set([...asked, ...configurations])], walk.value);
  const read = await readChanges(repository, reading, { picture, walk: walk.value, formerPaths });
  lookedAt.push(...read.lookedAt);
  const ranked = await rankInTurns(reading, {
    ...{ picture, formerPaths, commits: read.commits, ranged: read.ranged, boundary: repository.boundary },
    times: { firstSeenAtMs: subject.firstSeenAtMs, lastGoodAtMs: subject.lastGoodAtMs },
  });
  if (ranked === null) lookedAt.push(seen("suspect commits", "timed_out"));
  const history: History = {
    state: repository.boundary.size > 0 ? "shallow" : "read",
    head: factsOf(head),
    suspects: ranked ?? [],
    blamed: read.blamed,
  };
  const known = new Map(
    [...walk.value.map((each) => each.facts), ...read.commits].map((each) => [each.hash, factsOf(each)]),
  );
  return { history, lookedAt, findings: historyFindings(history, picture.places, known) };
}

/** Ranking reads a lot of code: whoever waits for this process gets a turn between two commits. */
async function rankInTurns(reading: Reading, input: RankingInput): Promise<SuspectCommit[] | null> {
  const steps = rankingSteps(input);
  let step = steps.next();
  while (!step.done) {
    await new Promise((resume) => setImmediate(resume));
    if (reading.signal.aborted || Date.now() > reading.deadlineAtMs) return null;
    step = steps.next();
  }
  return step.value;
}

const nearbyCap = 60;
const source = /\.(?:py|[cm]?[jt]sx?|java|kts?|scala|go|rb|php|cs|rs|swift|vue|svelte)$/i;

/** Source files that small commits changed, the latest first: where a function called on the way may be defined. */
function changedLately(walk: readonly WalkedCommit[], asked: readonly string[]): string[] {
  const paths = new Set<string>();
  for (const { facts, paths: changed } of walk) {
    if ((facts.fileCount ?? 0) > wholeFilesMax) continue;
    for (const path of changed) {
      if (paths.size >= nearbyCap) return [...paths];
      // A line break would end the question that git is asked.
      if (source.test(path) && !asked.includes(path) && !path.includes("\n")) paths.add(path);
    }
  }
  return [...paths];
}

function* pathsOf(walk: readonly WalkedCommit[]): Generator<string> {
  for (const { paths } of walk) yield* paths;
}

const factsOf = ({ hash, author, authoredAtMs, committedAtMs, subject }: CommitPatch): CommitFacts => ({
  ...{ hash, author, authoredAtMs, committedAtMs, subject },
});

const endings: Readonly<Record<string, string>> = {
  cut: "More than is read; the newest was.",
  timed_out: "Time ran out; what came before is used.",
  aborted: "Stopped; what came before is used.",
  failed: "Git stopped on something missing or broken; what came before is used.",
};

function seen(what: string, ended: string): LookedAt {
  const note = endings[ended];
  if (note === undefined) return { what, outcome: "read" };
  return { what, outcome: ended === "cut" ? "too_large" : "read", note };
}

/** Files of the working tree that HEAD does not have: in a submodule, or never committed. */
async function absentFiles(
  repository: GitRepository,
  asked: readonly string[],
  files: ReadonlyMap<string, string>,
): Promise<LookedAt[]> {
  const absent = asked.filter((path) => !files.has(path));
  return Promise.all(
    absent.map(async (path): Promise<LookedAt> => {
      const what = `history of ${path}`;
      const folders = path.split("/").map((_, index, parts) => parts.slice(0, index).join("/"));
      for (const folder of folders.filter((each) => each !== "")) {
        if ((await kindOf(`${repository.root}/${folder}/.git`)) === "absent") continue;
        return {
          what,
          outcome: "refused",
          note: `${folder} is a repository of its own, whose history is not read.`,
        };
      }
      const isThere = (await realPathOf(`${repository.root}/${path}`)) !== null;
      return {
        what,
        outcome: "absent",
        note: isThere ? "Not committed, or no text." : "HEAD does not have it.",
      };
    }),
  );
}

/** Each path with what it was called before, as far as files were renamed unchanged. */
function formerPathsOf(paths: readonly string[], walk: readonly WalkedCommit[]): Map<string, Set<string>> {
  const former = new Map(paths.map((path) => [path, new Set([path])]));
  for (const names of former.values()) {
    for (const { renames } of walk) {
      for (const { from, to } of renames) if (names.has(to)) names.add(from);
    }
  }
  return former;
}

type Changes = {
  commits: CommitPatch[];
  ranged: CommitPatch[];
  blamed: History["blamed"];
  lookedAt: LookedAt[];
};

type ChangesInput = {
  picture: FailurePicture;
  walk: readonly WalkedCommit[];
  formerPaths: ReadonlyMap<string, ReadonlySet<string>>;
};

/** Three readings at once: of the files in question, of the newest small commits, and of the failing functions. */
async function readChanges(
  repository: GitRepository,
  reading: Reading,
  input: ChangesInput,
): Promise<Changes> {
  const { picture, walk, formerPaths } = input;
  const small = walk
    .filter(({ facts }) => facts.parents.length === 1 && (facts.fileCount ?? 0) <= wholeFilesMax)
    .map(({ facts }) => facts.hash)
    .filter((hash) => !repository.boundary.has(hash));
  const paths = [...new Set([...formerPaths.values()].flatMap((names) => [...names]))].slice(0, 60);
  const [byPath, whole, functions] = await Promise.all([
    readPathPatches(repository, reading, paths, pathCount),
    readWholePatches(repository, reading, small),
    readFunctions(repository, reading, picture),
  ]);
  return {
    commits: mergeCommits(walk, whole.value, byPath.value),
    ranged: functions.ranged.value,
    blamed: functions.blamed,
    lookedAt: [
      seen(`changes of ${paths.length} files in question`, byPath.ended),
      seen(`whole changes of ${whole.value.length} commits`, whole.ended),
      seen(`history of ${functions.count} functions`, functions.ranged.ended),
    ],
  };
}

async function readFunctions(repository: GitRepository, reading: Reading, { places }: FailurePicture) {
  const ranges = places
    .slice(0, rangeCap)
    .map(({ path, fromLine, toLine }): LineRange => ({ path, fromLine, toLine }));
  const ranged = await readRangePatches(repository, reading, ranges, pathCount);
  const blamed: History["blamed"] = [];
  for (const path of new Set(ranges.map((range) => range.path))) {
    const own = places.slice(0, rangeCap).filter((place) => place.path === path);
    const near = own.map(({ line, fromLine, toLine }) => ({
      fromLine: Math.max(fromLine, line - blamedLinesMax / 2),
      toLine: Math.min(toLine, line + blamedLinesMax / 2),
    }));
    blamed.push(...(await readBlame(repository, reading, path, near)).value);
  }
  return { ranged, blamed, count: ranges.length };
}

/** One entry a commit, the newest first: all of it where that was read, else what it changed of the files in question. */
function mergeCommits(
  walk: readonly WalkedCommit[],
  whole: readonly CommitPatch[],
  byPath: readonly CommitPatch[],
): CommitPatch[] {
  const counts = new Map(walk.map(({ facts }, index) => [facts.hash, { index, fileCount: facts.fileCount }]));
  const merged = new Map([...byPath, ...whole].map((commit) => [commit.hash, commit]));
  const place = (commit: CommitPatch) => counts.get(commit.hash)?.index ?? Number.POSITIVE_INFINITY;
  return [...merged.values()]
    .map((commit) => ({ ...commit, fileCount: counts.get(commit.hash)?.fileCount ?? null }))
    .sort((a, b) => place(a) - place(b) || 0);
}
