import { guardBefore, noGuard } from "./file-bytes";
import { type FoundFile, findRead, findUnread, foundCurrent } from "./find-file";
import { holdFile, type ReadingSettings } from "./held-file";
import { openPlace } from "./open-other";
import type { TailState } from "./tail-window";
import type { SourceRefusal, TailPosition } from "./tail-words";
import { finishedBefore, listLeft } from "./unread-files";

const nowhere: TailPosition = {
  ...{ fileId: null, generation: 0, offset: 0 },
  ...{ ...noGuard, finishedUntilMs: null },
};

/** Finds and opens the file to read on in, and holds it; gives why there is none. */
export async function takeUpFile(state: TailState, settings: ReadingSettings): Promise<SourceRefusal | null> {
  const { place } = settings;
  if (!state.position) return takeUpFirst(state, settings);
  if (state.position.offset > 0) {
    const found = await findRead(place, state.position);
    if (found.ok) {
      await hold(state, found, state.position, settings);
      if (!found.rotated) state.left.push(...(await listLeft(place, found, state.position)));
      return null;
    }
    if (!("lost" in found)) return found;
    giveUpRest(state, state.position, null);
  }
  const found = await findUnread({ place, left: state.left }, state.position);
  if (!found.ok) return found;
  if (found.skippedBytes > 0) giveUpRest(state, state.position, found.skippedBytes);
  await hold(state, found, state.position, settings);
  return null;
}

async function hold(state: TailState, found: FoundFile, at: TailPosition, settings: ReadingSettings) {
  try {
    state.held = holdFile(found, at, settings.createAssembler(), settings);
  } catch (error) {
    await found.bytes.close();
    throw error;
  }
}

/** What the position stands in is not there any more: the next generation begins, and says so. */
function giveUpRest(state: TailState, from: TailPosition, bytes: number | null): void {
  const { generation, finishedUntilMs, offset } = from;
  state.rotation = { how: "missed", fromGeneration: generation, lost: { fromOffset: offset, bytes } };
  state.position = {
    ...nowhere,
    generation: generation + 1,
    finishedUntilMs,
  };
  state.isGiven = false;
}

/**
 * A source that was never read begins at the beginning or end of the file that lies under its path when it is first opened,
 * wherever that is renamed to meanwhile. Rotated files before it are history.
 */
async function takeUpFirst(state: TailState, settings: ReadingSettings): Promise<SourceRefusal | null> {
  const { place, startPosition } = settings;
  const opened = await openPlace(place);
  if (!opened.ok) return opened;
  const { bytes, facts } = opened;
  const finishedUntilMs = await finishedBefore(place, opened);
  const offset = startPosition === "end" ? facts.size : 0;
  const guard = guardBefore(bytes, offset) ?? noGuard;
  state.position = { ...nowhere, fileId: facts.id, offset, ...guard, finishedUntilMs };
  await hold(state, foundCurrent(opened), state.position, settings);
  return null;
}
