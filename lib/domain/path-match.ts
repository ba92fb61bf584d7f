import { isDeployRoot, type ReportedPath } from "./reported-path";

type Segments = Exclude<ReportedPath, { kind: "outside" }>;

/** A file of the project that a reported path may mean. */
export type PathCandidate = {
  path: string;
  /** How many segments both end with. */
  common: number;
  /** All of the candidate is in the reported path. */
  isWhole: boolean;
};

export type PathMatch =
  /** Not sure: the folders speak against all of them. */
  | { state: "found"; candidate: PathCandidate; isSure: boolean }
  | { state: "several"; candidates: PathCandidate[]; isSure: boolean }
  | { state: "none" };

/** Where a folder of the reporting machine lies in the project, as frames that left no doubt have shown. */
export type PathRoot = { reported: string; project: string };

const candidateCap = 20_000;

/**
 * The file that ends like the reported path the longest. Equally long ones are told apart by whether all of one is in the other,
 * then by where other frames of the same trace lie; else there are several, and none is taken. A package's path must be there whole.
 * A name alone is sure only where nothing speaks against it: a bare name, or one behind folders that projects are deployed to.
 */
export function matchPath(
  reported: Segments,
  paths: readonly string[],
  options: { isPackagePath?: boolean; roots?: readonly PathRoot[] } = {},
): PathMatch {
  const candidates = paths.slice(0, candidateCap).map((path) => candidateOf(reported, path));
  const longest = Math.max(0, ...candidates.map((each) => each.common));
  let best = candidates.filter((each) => each.common === longest && longest > 0);
  if (best.some((each) => each.isWhole)) best = best.filter((each) => each.isWhole);
  if (best.length > 1) best = atKnownRoot(reported, best, options.roots ?? []);
  const [only] = best;
  if (only === undefined) return { state: "none" };
  const isSure = options.isPackagePath
    ? only.common === reported.segments.length
    : only.common > 1 || isNameEnough(reported, only);
  if (best.length > 1) return { state: "several", candidates: best, isSure };
  return { state: "found", candidate: only, isSure };
}

function candidateOf(reported: Segments, path: string): PathCandidate {
  const own = path.split("/");
  let common = 0;
  while (common < own.length && common < reported.segments.length) {
    const mine = own[own.length - 1 - common] ?? "";
    const theirs = reported.segments[reported.segments.length - 1 - common] ?? "";
    if (mine !== theirs && !(reported.ignoresCase && mine.toLowerCase() === theirs.toLowerCase())) break;
    common += 1;
  }
  return { path, common, isWhole: common === own.length };
}

/** A bare name, or one behind folders that projects are deployed to. */
function isNameEnough(reported: Segments, { isWhole }: PathCandidate): boolean {
  const folders = reported.segments.slice(0, -1);
  return folders.length === 0 || isDeployRoot(folders) || (isWhole && reported.kind === "absolute");
}

function atKnownRoot(reported: Segments, best: PathCandidate[], roots: readonly PathRoot[]): PathCandidate[] {
  const whole = reported.segments.join("/");
  for (const root of roots) {
    if (root.reported !== "" && !whole.startsWith(`${root.reported}/`)) continue;
    const expected = joined(root.project, whole.slice(root.reported === "" ? 0 : root.reported.length + 1));
    const there = best.filter((each) => each.path === expected);
    if (there.length === 1) return there;
  }
  return best;
}

const joined = (folder: string, path: string) => (folder === "" ? path : `${folder}/${path}`);

/** The folders that differ between a reported path and where it was found. */
export function rootOf(reported: Segments, candidate: PathCandidate): PathRoot {
  const own = candidate.path.split("/");
  return {
    reported: reported.segments.slice(0, reported.segments.length - candidate.common).join("/"),
    project: own.slice(0, own.length - candidate.common).join("/"),
  };
}
