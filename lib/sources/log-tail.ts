import { followPath, type Look, lookAtPath, wasReadTooSoon } from "./follow-path";
import { type HeldFile, isAtEnd, type ReadingSettings } from "./held-file";
import { addLate, leaveFile, leaveLate } from "./late-lines";
import { closeFile, openInsideRoot } from "./open-inside-root";
import { finishLines, settleLines } from "./read-lines";
import { readOn } from "./read-on";
import { NamesMoved } from "./rotated-files";
import { refusalOf, refuse } from "./source-root";
import { type TailState, tailWindow } from "./tail-window";
import type { LogTail, SourceRefusal, TailError, TailSettings, TailWindow } from "./tail-words";
import { takeUpFile } from "./take-up-file";

export type {
  LogTail,
  SourcePlace,
  TailError,
  TailPosition,
  TailSettings,
  TailWindow,
} from "./tail-words";

const defaults = {
  ...{ maxLineBytes: 262_144, windowBytes: 4_194_304, candidateMax: 500 },
  ...{ settleMs: 400, drainMs: 1_000 },
};
/** More files than this that turn out to be others in one call is a folder in turmoil: the next call goes on. */
const takeUpMax = 4;
/** A file that is never quiet, because somebody has not heard of the rotation, keeps its follower waiting so many times longer. */
const drainTimesMax = 10;
/** While the beginning of another line lies behind an open record, it has so many times longer to go on. */
const unfinishedLinePatience = 5;

/**
 * Reads a log file from a stored position on, through whatever happens to it: rename, copy and truncate, truncate, delete
 * and recreate, another link target, compression. Opens nothing until the first `next`.
 */
export function openLogTail({ position, ...given }: TailSettings): LogTail {
  const settings: ReadingSettings = { ...defaults, ...withoutUnset(given) };
  const state: TailState = {
    position,
    isGiven: position !== null,
    held: null,
    rotation: null,
    left: [],
    late: null,
  };
  return {
    next: async () => {
      try {
        return await nextWindow(state, settings);
      } catch (error) {
        if (error instanceof NamesMoved) return asError(changing(settings));
        return asError(refusalOf(error, settings.place.path));
      }
    },
    close: async () => {
      await letGo(state);
      await leaveLate(state);
    },
  };
}

/** A limit given as undefined is the default one. */
const withoutUnset = (given: Omit<TailSettings, "position">): Omit<TailSettings, "position"> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as typeof given;

const changing = ({ place }: ReadingSettings): SourceRefusal =>
  refuse("io_error", `${place.path} and the files beside it change all the time.`);

const asError = ({ code, detail }: SourceRefusal): TailError => ({ kind: "error", code, detail });

async function letGo(state: TailState): Promise<void> {
  const { held } = state;
  state.held = null;
  await held?.bytes.close();
}

async function nextWindow(state: TailState, settings: ReadingSettings): Promise<TailWindow | TailError> {
  for (let tried = 0; tried < takeUpMax; tried++) {
    if (!state.held) {
      const refused = await takeUpFile(state, settings);
      if (refused) return asError(refused);
    }
    const read = state.held ? await readOnce(state, state.held, settings) : "again";
    if (read !== "again") return read;
    await letGo(state);
  }
  return asError(changing(settings));
}

async function readOnce(
  state: TailState,
  held: HeldFile,
  settings: ReadingSettings,
): Promise<TailWindow | TailError | "again"> {
  const look = await lookAtPath(settings.place);
  const followed = await followPath(held, look, settings, state.left);
  if (followed === "again") return "again";
  if (followed !== "on") return asError(followed);
  const isFirst = held.cursor.offset === 0 && !held.rotated && !held.bytes.compressed;
  const bytesRead = await readOn(held, settings);
  if (bytesRead === null) return "again";
  const begins = isFirst && held.cursor.offset > 0;
  if (begins && (await wasReadTooSoon(held, { place: settings.place, left: state.left }))) return "again";
  const settled = await endOrSettle(held, look, settings);
  const isRefused = settled !== null && typeof settled !== "number";
  const settlesInMs = isRefused ? null : settled;
  const window = tailWindow(state, held, { look, bytesRead, settlesInMs, settings });
  if (window.position.generation > held.generation) await leaveFile(state, held, settings);
  if (isRefused && window.idle) return asError(settled);
  return window.behind ? window : addLate(state, window, settings);
}

/**
 * At the end of what there is: ends a file that another has followed, and takes what is open for whole, each after its
 * time of quiet. Gives how long that still takes, or why the next file cannot be read.
 */
async function endOrSettle(
  held: HeldFile,
  look: Look,
  settings: ReadingSettings,
): Promise<number | SourceRefusal | null> {
  if (held.ended || !isAtEnd(held)) return null;
  const { cursor, facts } = held;
  const quietMs = settings.nowMs() - held.changedAtMs;
  const waits: number[] = [];
  if (held.rotated) {
    const drainsInMs = held.final ? 0 : drainsIn(held, look, quietMs, settings);
    if (drainsInMs !== null && drainsInMs <= 0) return endFile(held, settings);
    if (drainsInMs !== null) waits.push(drainsInMs);
  }
  if (cursor.assembler.openStart() !== null) {
    const patience = facts.size > cursor.offset ? unfinishedLinePatience : 1;
    const settlesInMs = settings.settleMs * patience - quietMs;
    if (settlesInMs <= 0) settleLines(cursor);
    else waits.push(settlesInMs);
  }
  if (look.refusal && look.refusal.code !== "not_found") return look.refusal;
  return waits.length > 0 ? Math.max(1, Math.ceil(Math.min(...waits))) : null;
}

/** A follower that nobody writes to yet is no reason to leave a file: whoever writes has the old one open still. */
function drainsIn(held: HeldFile, look: Look, quietMs: number, { drainMs, nowMs }: ReadingSettings) {
  if (!look.facts?.size) return null;
  held.followedAtMs ??= nowMs();
  return Math.min(drainMs - quietMs, drainMs * drainTimesMax - (nowMs() - held.followedAtMs));
}

/** Not before the follower can be read: a link that leads elsewhere for a moment makes no rotation. */
async function endFile(held: HeldFile, { place }: ReadingSettings): Promise<SourceRefusal | null> {
  if (!held.final) {
    const follower = await openInsideRoot(place);
    if (!follower.ok) return follower;
    await closeFile(follower.fd);
  }
  await finishLines(held.cursor, held.bytes);
  if (!(await held.bytes.isWhole())) held.lost = { fromOffset: held.cursor.offset, bytes: null };
  held.ended = true;
  return null;
}
