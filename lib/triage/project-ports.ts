import { languageOf } from "@/lib/domain/code-language";
import { addedOf, removedOf } from "@/lib/domain/suspect-patch";
import type { SimilarRecord, SuspectCommit, TriageLimits } from "@/lib/domain/triage";
import { type Reading, readWholePatches } from "./git-history";
import { openRepository } from "./git-repository";
import type { ModelPorts, NotRead } from "./model/model-analysis";
import { openRoot, type RootRequest } from "./source-tree/open-root";
import { searchLiterals } from "./source-tree/search-literals";
import { SourceTree } from "./source-tree/source-tree";
import { startStopwatch } from "./source-tree/stopwatch";

export type ProjectPortsInput = Omit<RootRequest, "root"> & {
  root: string | null;
  suspects: readonly SuspectCommit[];
  similar: readonly SimilarRecord[];
};

const searchMs = 1_500;
const searchFileCap = 30;
const hitsOfFileMax = 3;
const lineLength = 400;
const commitChangesMax = 20;
const commitLinesMax = 60;

const notRead = (outcome: NotRead["outcome"], note: string): NotRead => ({ ok: false, outcome, note });

/** What a model may look at: the project's text files, its commits, and the records that were found. Reads only, each bounded. */
export async function projectPorts(input: ProjectPortsInput, limits: TriageLimits): Promise<ModelPorts> {
  const { root, suspects, similar, ...request } = input;
  const opened = root === null ? null : await openRoot({ root, ...request });
  const tree = opened?.ok ? new SourceTree(opened.root, startStopwatch(limits)) : null;
  const noRoot = notRead("absent", "The project has no folder on this host.");
  return {
    readCode: async (path, fromLine, toLine) => {
      if (!tree) return noRoot;
      const file = await tree.readText(path);
      if (!file.ok) return notRead(file.outcome, `The file is not read: ${file.why.replaceAll("_", " ")}.`);
      return { ok: true, fromLine, lines: file.lines.slice(Math.max(0, fromLine - 1), Math.max(0, toLine)) };
    },
    searchCode: async (text) => (tree ? search(tree, text) : noRoot),
    readCommit: async (hash, signal) => {
      const known = fullHash(hash, suspects);
      if (root === null || !tree) return noRoot;
      if (!known) return notRead("absent", "No commit that was looked at has this hash.");
      return readCommit(root, known, { deadlineAtMs: Date.now() + limits.deadlineMs, signal });
    },
    listSimilar: async () => ({ ok: true, records: [...similar] }),
  };
}

async function search(tree: SourceTree, text: string): ReturnType<ModelPorts["searchCode"]> {
  const { files } = await tree.index();
  const source = files.filter((path) => languageOf(path) !== null);
  const options = { stopwatch: tree.stopwatch.within(searchMs), hitCap: searchFileCap };
  const found = await searchLiterals(tree.root, source, [text], options);
  const hits: Array<{ path: string; line: number; text: string }> = [];
  for (const { path } of found.hits) {
    const file = await tree.readText(path);
    if (!file.ok) continue;
    const lines = file.lines.flatMap((line, at) =>
      line.includes(text) ? [{ line: at + 1, text: line }] : [],
    );
    hits.push(
      ...lines
        .slice(0, hitsOfFileMax)
        .map((each) => ({ path: file.path, line: each.line, text: each.text.slice(0, lineLength) })),
    );
  }
  return { ok: true, hits };
}

/** A whole hash, or the beginning of exactly one commit that was found: nothing else is ever given to git. */
function fullHash(hash: string, suspects: readonly SuspectCommit[]): string | null {
  if (!/^[0-9a-f]{7,64}$/.test(hash)) return null;
  const known = suspects.filter((each) => each.hash.startsWith(hash));
  if (known.length === 1) return known[0]?.hash ?? null;
  return known.length === 0 && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(hash) ? hash : null;
}

async function readCommit(
  root: string,
  hash: string,
  bounds: Pick<Reading, "deadlineAtMs" | "signal">,
): ReturnType<ModelPorts["readCommit"]> {
  const opened = await openRepository(root);
  if (opened.state !== "open") return notRead("absent", opened.note);
  const { repository } = opened;
  try {
    const reading = { ...bounds, searchPath: process.env.PATH ?? "" };
    const { value } = await readWholePatches(repository, reading, [hash]);
    const commit = value.find((each) => each.hash === hash);
    if (!commit) return notRead("absent", "The repository has no such commit.");
    const changes = commit.files.flatMap((file) =>
      file.hunks.map((hunk) => ({
        path: file.path,
        fromLine: hunk.lines.find((line) => line.after !== null)?.after ?? 1,
        removed: removedOf(hunk).slice(0, commitLinesMax),
        added: addedOf(hunk).slice(0, commitLinesMax),
      })),
    );
    const { author, committedAtMs, subject: message } = commit;
    return { ok: true, hash, author, committedAtMs, message, changes: changes.slice(0, commitChangesMax) };
  } finally {
    await repository.close();
  }
}
