import { closeSync } from "node:fs";
import type { StoredPosition } from "@/lib/db/log-tail-rows";
import { openInsideRoot } from "@/lib/sources/open-inside-root";
import { readRange } from "@/lib/sources/read-range";
import type { FileFacts, SourcePlace } from "@/lib/sources/tail-words";
import type { Context } from "../context";
import type { RequiredLogSource } from "./require-log-source";
import { placeIn, unreadable } from "./source-place";

export type FoundFile = {
  place: SourcePlace;
  /** null: there is none yet. */
  file: FileFacts | null;
  /** Is it the file that this position stands in, with the same bytes before it? */
  holds: (position: StoredPosition | null) => Promise<boolean>;
};

/** The file that a source names, as it is now. @throws AppError invalid `reason` when it may not be read */
export async function findSourceFile(
  ctx: Context,
  { project, source }: RequiredLogSource,
  reason: string,
): Promise<FoundFile> {
  const place = placeIn(ctx, project, source.path);
  const opened = await openInsideRoot(place);
  if (opened.ok) closeSync(opened.fd);
  else if (opened.code !== "not_found") {
    const context = { project_id: project.projectId, source_id: source.sourceId };
    throw unreadable("invalid", reason, opened, context);
  }
  const file = opened.ok ? opened.file : null;
  return {
    place,
    file,
    holds: async (position) => {
      if (!file || position?.fileId !== file.id) return false;
      if (position.offset === 0) return true;
      // One byte is enough: reading it proves the hash of what lies before the offset.
      const range = { start: position.offset - 1, end: position.offset };
      return (await readRange(place, position, range)).ok;
    },
  };
}
