import type { LogCandidate, QuarantinedRecord } from "@/lib/domain/log-reading";
import { guardOf } from "./file-bytes";
import { type HeldFile, isAtEnd, noteFacts, type ReadingSettings } from "./held-file";
import { isQuarantined, passFragment } from "./line-cursor";
import { settleLines } from "./read-lines";
import { readOn } from "./read-on";
import type { TailState } from "./tail-window";
import type { TailWindow } from "./tail-words";

/** So long after its last write a file that was left is kept open for writers that still have it. */
const lateMs = 600_000;
const leftMax = 20;

/** Lets go of a file that was read to its end, and remembers it. One that may still be written to stays open. */
export async function leaveFile(state: TailState, held: HeldFile, { nowMs }: ReadingSettings): Promise<void> {
  const { bytes, cursor, facts } = held;
  const guard = guardOf(cursor.recent);
  state.held = null;
  if (held.final || held.gone || bytes.compressed) return bytes.close();
  // An empty file has nothing to be known by, and its inode may be another's tomorrow.
  const known = guard.guardBytes > 0 ? [{ id: facts.id, offset: cursor.offset, ...guard }] : [];
  state.left = [...state.left, ...known].slice(-leftMax);
  await leaveLate(state);
  passFragment(cursor, bytes);
  Object.assign(held, { ended: false, readTo: cursor.offset, changedAtMs: nowMs() });
  state.late = held;
}

export async function leaveLate(state: TailState): Promise<void> {
  const { late } = state;
  state.late = null;
  await late?.bytes.close();
}

/**
 * What was written to the file before after all, where nothing else was found. Such a window is of the old generation and moves
 * no position: what it finds and the caller does not commit is lost with the process.
 */
export async function addLate(
  state: TailState,
  window: TailWindow,
  settings: ReadingSettings,
): Promise<TailWindow> {
  const { late } = state;
  if (!late || window.candidates.length + window.quarantined.length > 0 || window.rotation) return window;
  const { cursor, generation } = late;
  noteFacts(late, await late.bytes.facts(), settings.nowMs());
  const bytesRead = late.facts.size < cursor.offset ? null : await readOn(late, settings);
  const quietMs = settings.nowMs() - late.changedAtMs;
  if (isAtEnd(late) && quietMs >= settings.settleMs) settleLines(cursor);
  const isOpen = cursor.assembler.openStart() !== null;
  const found = cursor.waiting.splice(0, settings.candidateMax);
  if (bytesRead === null || quietMs > lateMs) await leaveLate(state);
  if (!bytesRead && found.length === 0 && !isOpen) return window;
  const { lines, oversizeLines } = cursor;
  Object.assign(cursor, { lines: 0, oversizeLines: 0 });
  const settlesInMs = isOpen ? Math.max(1, settings.settleMs - quietMs) : null;
  return {
    ...window,
    generation,
    fileId: late.facts.id,
    candidates: found.filter((each): each is LogCandidate => !isQuarantined(each)),
    quarantined: found.filter((each): each is QuarantinedRecord => isQuarantined(each)),
    bytesRead: window.bytesRead + (bytesRead ?? 0),
    lines: window.lines + lines,
    oversizeLines: window.oversizeLines + oversizeLines,
    behind: !isAtEnd(late) || cursor.waiting.length > 0,
    idle: false,
    settlesInMs: settlesInMs ?? window.settlesInMs,
  };
}
