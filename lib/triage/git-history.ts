import type { CommitPatch } from "@/lib/domain/suspect-patch";
import { commitFormat, readCommitLine, readPatches, unquoted } from "./git-patch";
import type { GitRepository } from "./git-repository";
import { type GitAnswer, runGit } from "./git-run";

/** What every reading is bounded by: a moment, a signal, and where git is looked for. */
export type Reading = { deadlineAtMs: number; signal: AbortSignal; searchPath: string };

/** `isWhole`: nothing was cut off by time or size. */
export type Read<T> = { value: T; ended: GitAnswer["ended"] };

/** A commit's changed paths, without their content. */
export type WalkedCommit = {
  facts: CommitPatch;
  paths: string[];
  renames: Array<{ from: string; to: string }>;
};

/** A range of lines at HEAD. */
export type LineRange = { path: string; fromLine: number; toLine: number };

const patchArgs = [
  ...["-p", "-U10", "-M", "--no-ext-diff", "--no-textconv", "--no-color", "--diff-algorithm=histogram"],
  ...["--src-prefix=a/", "--dst-prefix=b/", "--no-show-signature", "--no-notes", "--submodule=short"],
  ...["--ignore-submodules=all", "--no-mailmap", commitFormat],
];
const megabyte = 1024 * 1024;

/** The newest commits with the paths they changed; merges without any. */
export async function walkCommits(
  repository: GitRepository,
  reading: Reading,
  count: number,
): Promise<Read<WalkedCommit[]>> {
  const args = [
    ...["log", "--name-status", "-M100%", "--no-ext-diff", "--no-color", "--no-notes", "--no-mailmap"],
    ...["--no-show-signature", "--diff-merges=off", `--max-count=${count}`, commitFormat],
    ...["--end-of-options", repository.head],
  ];
  const answer = await run(repository, args, reading, { timeoutMs: 3_000, bytesMax: 8 * megabyte });
  return { value: readWalk(answer.output), ended: answer.ended };
}

/** Names kept of one commit: what changes more is a mass change, and counted. */
const pathsOfCommitMax = 2_000;

function readWalk(output: Buffer): WalkedCommit[] {
  const walked: WalkedCommit[] = [];
  for (const line of output.toString("utf8").split("\n")) {
    const facts = readCommitLine(line);
    if (facts) {
      walked.push({ facts: { ...facts, fileCount: 0 }, paths: [], renames: [] });
      continue;
    }
    const last = walked.at(-1);
    const [status = "", ...names] = line.split("\t");
    if (!last || !/^[A-Z]\d*$/.test(status)) continue;
    last.facts.fileCount = (last.facts.fileCount ?? 0) + 1;
    if (last.paths.length >= pathsOfCommitMax) continue;
    const paths = names.map(unquoted);
    last.paths.push(...paths);
    if (status.startsWith("R") && paths[0] && paths[1]) last.renames.push({ from: paths[0], to: paths[1] });
  }
  return walked;
}

/** The changes of the newest `count` commits to these paths, merges left out. */
export async function readPathPatches(
  repository: GitRepository,
  reading: Reading,
  paths: readonly string[],
  count: number,
): Promise<Read<CommitPatch[]>> {
  if (paths.length === 0) return { value: [], ended: "done" };
  const args = [
    ...["log", ...patchArgs, "--no-merges", `--max-count=${count}`],
    ...["--end-of-options", repository.head, "--", ...paths],
  ];
  return readCommits(await run(repository, args, reading, { timeoutMs: 3_000, bytesMax: 12 * megabyte }));
}

/** Everything that these commits changed. */
export async function readWholePatches(
  repository: GitRepository,
  reading: Reading,
  hashes: readonly string[],
): Promise<Read<CommitPatch[]>> {
  if (hashes.length === 0) return { value: [], ended: "done" };
  const args = ["log", ...patchArgs, "--no-walk=unsorted", "--stdin"];
  const bounds = { timeoutMs: 3_000, bytesMax: 12 * megabyte, input: `${hashes.join("\n")}\n` };
  return readCommits(await run(repository, args, reading, bounds));
}

/** The commits that changed these ranges, each followed back through edits and renames, with the changes inside them. */
export async function readRangePatches(
  repository: GitRepository,
  reading: Reading,
  ranges: readonly LineRange[],
  count: number,
): Promise<Read<CommitPatch[]>> {
  if (ranges.length === 0) return { value: [], ended: "done" };
  const args = [
    ...["log", "--no-color", "--no-ext-diff", "--no-textconv", "--no-notes", "--no-mailmap"],
    ...["--no-show-signature", "--no-merges", "--src-prefix=a/", "--dst-prefix=b/", commitFormat],
    ...[`--max-count=${count}`, ...ranges.map((each) => `-L${each.fromLine},${each.toLine}:${each.path}`)],
    ...["--end-of-options", repository.head],
  ];
  return readCommits(await run(repository, args, reading, { timeoutMs: 2_500, bytesMax: 8 * megabyte }));
}

const readCommits = (answer: GitAnswer): Read<CommitPatch[]> => ({
  value: readPatches(answer.output),
  ended: answer.ended,
});

/** The last commit that changed each line of these ranges of one file, changes of white space left out. */
export async function readBlame(
  repository: GitRepository,
  reading: Reading,
  path: string,
  ranges: ReadonlyArray<Omit<LineRange, "path">>,
): Promise<Read<Array<{ path: string; line: number; hash: string }>>> {
  const args = [
    ...["blame", "--porcelain", "-w", "-M", ...ranges.map((each) => `-L${each.fromLine},${each.toLine}`)],
    // blame of older versions does not know --end-of-options; what follows is a hash that was looked at.
    ...[repository.head, "--", path],
  ];
  const answer = await run(repository, args, reading, { timeoutMs: 2_500, bytesMax: 4 * megabyte });
  const blamed: Array<{ path: string; line: number; hash: string }> = [];
  for (const row of answer.output.toString("utf8").split("\n")) {
    // Content begins with a tab, so no line of a file can pass for one of these.
    const match = /^([0-9a-f]{40,64}) \d+ (\d+)(?: \d+)?$/.exec(row);
    if (match) blamed.push({ path, line: Number(match[2]), hash: match[1] ?? "" });
  }
  return { value: blamed, ended: answer.ended };
}

/** Files as HEAD has them, by path; those it does not have are left out. */
export async function readFilesAtHead(
  repository: GitRepository,
  reading: Reading,
  paths: readonly string[],
): Promise<Read<Map<string, string>>> {
  const files = new Map<string, string>();
  if (paths.length === 0) return { value: files, ended: "done" };
  const input = `${paths.map((path) => `${repository.head}:${path}`).join("\n")}\n`;
  const answer = await run(repository, ["cat-file", "--batch"], reading, {
    ...{ timeoutMs: 2_000, bytesMax: 6 * megabyte, input },
  });
  const { output } = answer;
  let at = 0;
  for (const path of paths) {
    const end = output.indexOf(10, at);
    if (end === -1) break;
    const [, type, size] = /^[0-9a-f]{40,64} (\w+) (\d+)$/.exec(output.toString("utf8", at, end)) ?? [];
    at = end + 1;
    if (type === undefined) continue;
    const length = Number(size);
    if (at + length > output.length) break;
    const content = output.subarray(at, at + length);
    at += length + 1;
    if (type === "blob" && !content.subarray(0, 8_000).includes(0)) files.set(path, content.toString("utf8"));
  }
  return { value: files, ended: answer.ended };
}

function run(
  repository: GitRepository,
  args: readonly string[],
  reading: Reading,
  bounds: { timeoutMs: number; bytesMax: number; input?: string },
): Promise<GitAnswer> {
  const timeoutMs = Math.min(bounds.timeoutMs, reading.deadlineAtMs - Date.now());
  return runGit(repository, args, { ...bounds, timeoutMs, signal: reading.signal }, reading.searchPath);
}
