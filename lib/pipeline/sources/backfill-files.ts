import { closeSync } from "node:fs";
import type { StoredPosition } from "@/lib/db/log-tail-rows";
import { openInsideRoot } from "@/lib/sources/open-inside-root";
import { listRotated } from "@/lib/sources/rotated-files";
import type { FileFacts, SourcePlace } from "@/lib/sources/tail-words";
import type { Context } from "../context";
import { findSourceFile } from "./find-source-file";
import type { RequiredLogSource } from "./require-log-source";
import { placeIn, unreadable } from "./source-place";

export type BackfillFile = FileFacts & {
  path: string;
  place: SourcePlace;
  /** Of the file that is being read; null for one that was rotated. */
  generation: number | null;
  /** Up to where it is read here; null: to its end. What lies behind is its reader's. */
  until: number | null;
  /** Why nothing of it is read; null when it is. */
  skipped: string | null;
};

/**
 * The log and its rotated files, oldest first, the log itself last.
 *
 * @throws AppError invalid `log_source_backfill_failed` when the log is not there or may not be read.
 */
export async function listBackfillFiles(
  ctx: Context,
  required: RequiredLogSource,
  position: StoredPosition | null,
  fromMs: number,
): Promise<BackfillFile[]> {
  const { project, source } = required;
  const place = placeIn(ctx, project, source.path);
  const opened = await openInsideRoot(place);
  if (!opened.ok) {
    const context = { project_id: project.projectId, source_id: source.sourceId };
    throw unreadable("invalid", "log_source_backfill_failed", opened, context);
  }
  closeSync(opened.fd);
  const found = await findSourceFile(ctx, required, "log_source_backfill_failed");
  const isRead = await found.holds(position);
  const rotated = (await listRotated(opened.realPath, source.path)).filter(
    (file) => file.id !== opened.file.id,
  );
  const finishedUntilMs = position?.finishedUntilMs ?? null;
  return [
    ...rotated.map((file): BackfillFile => {
      const isFinished = finishedUntilMs === null || Math.floor(file.modifiedAtMs) <= finishedUntilMs;
      const skipped =
        file.modifiedAtMs < fromMs
          ? "It was last written before the range begins"
          : isFinished
            ? null
            : "It is still being read";
      return { ...file, place: { ...place, path: file.path }, generation: null, until: null, skipped };
    }),
    {
      ...opened.file,
      path: source.path,
      place,
      generation: isRead ? (position?.generation ?? 0) : position ? position.generation + 1 : 0,
      until: isRead ? (position?.offset ?? 0) : position ? 0 : null,
      skipped: position && !isRead ? "It was not begun to be read yet" : null,
    },
  ];
}
