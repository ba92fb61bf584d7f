import type { TriageLimits } from "@/lib/domain/triage";
import { openRoot, type RootRequest } from "./source-tree/open-root";
import { SourceTree } from "./source-tree/source-tree";
import { startStopwatch } from "./source-tree/stopwatch";
import type { LineReader } from "./validate-failure";

/** Reads lines of a project for the third phase, as the first one reads them: inside the root, text only, bounded. */
export async function openLineReader(
  { root, ...request }: Omit<RootRequest, "root"> & { root: string | null },
  limits: TriageLimits,
): Promise<LineReader> {
  const opened = root === null ? null : await openRoot({ root, ...request });
  if (!opened?.ok) return { readLines: async () => null };
  const stopwatch = startStopwatch(limits);
  const tree = new SourceTree(opened.root, stopwatch);
  return {
    readLines: async (path, from, to) => {
      if (stopwatch.isOver()) return null;
      const file = await tree.readText(path);
      return file.ok ? file.lines.slice(Math.max(0, from - 1), Math.max(0, to)) : null;
    },
  };
}
