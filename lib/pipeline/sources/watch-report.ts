import type { LogPlace } from "@/lib/db/log-sighting-store";
import type { LogCandidate } from "@/lib/domain/log-reading";
import { logReport } from "@/lib/domain/log-report";
import { truncate } from "@/lib/domain/text";
import type { IncomingReport } from "../intake/prepare-report";
import type { WatchedSource } from "./watch-plan";

/** A failure, or a record to be set aside, with the file it was in. */
export type Found<T> = { found: T; generation: number; fileId: string | null };

export type WatchedReport = IncomingReport & { place: LogPlace; originKey: string };

const pathLengthMax = 500;

/** A source's path as it is kept with a sighting. */
export const placedPath = (path: string): string => truncate(path, pathLengthMax);

/** The report that a failure in a watched log is: by its source's path, named so that its line counts once. */
export function watchedReport(
  { projectId, sourceId, source, rules }: WatchedSource,
  { found, generation, fileId }: Found<LogCandidate>,
  nowMs: number,
): WatchedReport {
  const { offsetStart, offsetEnd } = found;
  return {
    path: { kind: "watched", projectId, sourceId },
    report: logReport(found, rules, nowMs),
    idempotency: null,
    originKey: lineKey({ projectId, sourceId }, generation, offsetStart),
    place: { path: placedPath(source.path), inode: fileId, generation, offsetStart, offsetEnd },
  };
}

/** Names a line of a source for good: what begins there is counted once however often it is read. */
export const lineKey = (
  { projectId, sourceId }: { projectId: string; sourceId: string },
  generation: number,
  offsetStart: number,
): string => `log:${projectId}/${sourceId}:${generation}:${offsetStart}`;
