import type { LogCandidate, QuarantinedRecord } from "@/lib/domain/log-reading";
import type { Look } from "./follow-path";
import { type HeldFile, isAtEnd, positionAfter, positionIn, type ReadingSettings } from "./held-file";
import { isQuarantined } from "./line-cursor";
import type { TailPosition, TailRotation, TailWindow } from "./tail-words";
import type { LeftFile } from "./unread-files";

export type TailState = {
  /** Null for a source that was never read. */
  position: TailPosition | null;
  /** The caller has `position`: it was given with a window, or came from there. */
  isGiven: boolean;
  held: HeldFile | null;
  /** To be told with the next window. */
  rotation: TailRotation | null;
  /** Files read to an end before `held`, the newest last. */
  left: LeftFile[];
  /** The last of them, open still: whoever has not heard of the rotation writes to it. */
  late: HeldFile | null;
};

type Reading = { look: Look; bytesRead: number; settlesInMs: number | null; settings: ReadingSettings };

/** Hands out what is whole, at most the cap of it, with the position that accounts for it. */
export function tailWindow(state: TailState, held: HeldFile, reading: Reading): TailWindow {
  const { cursor, generation, facts } = held;
  const { look, bytesRead, settlesInMs } = reading;
  const found = cursor.waiting.splice(0, reading.settings.candidateMax);
  const isLast = held.ended && cursor.waiting.length === 0;
  const before = state.position ?? positionAfter(held);
  const position = isLast ? positionAfter(held) : positionIn(held, before);
  const rotation = isLast
    ? { how: held.how, fromGeneration: generation, lost: held.lost ?? state.rotation?.lost ?? null }
    : state.rotation;
  const moved = !state.isGiven || !isSame(position, before);
  const behind = isLast || cursor.waiting.length > 0 || !isAtEnd(held);
  const laterBytes = held.rotated ? held.laterBytes + (look.facts?.size ?? 0) : 0;
  const { lines, oversizeLines } = cursor;
  Object.assign(cursor, { lines: 0, oversizeLines: 0 });
  Object.assign(state, { position, isGiven: true, rotation: null });
  return {
    ...{ kind: "window", generation, position, moved, rotation, bytesRead, lines, oversizeLines },
    fileId: facts.id,
    candidates: found.filter((each): each is LogCandidate => !isQuarantined(each)),
    quarantined: found.filter((each): each is QuarantinedRecord => isQuarantined(each)),
    readOffset: cursor.offset,
    fileSize: facts.size,
    fileModifiedAtMs: facts.modifiedAtMs,
    lagBytes: (held.ended ? 0 : Math.max(0, facts.size - cursor.offset)) + laterBytes,
    behind,
    idle: found.length + bytesRead === 0 && !moved && !behind && settlesInMs === null,
    settlesInMs: behind ? null : settlesInMs,
    pathMissing: look.facts === null,
    realPath: held.bytes.realPath,
  };
}

const isSame = (a: TailPosition, b: TailPosition) =>
  a.offset === b.offset && a.generation === b.generation && a.fileId === b.fileId;
