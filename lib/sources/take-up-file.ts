import { guardBefore, noGuard } from "./file-bytes";
import { findRead, findUnread } from "./find-file";
import { holdFile, type ReadingSettings } from "./held-file";
import type { TailState } from "./tail-window";
import type { SourceRefusal, TailPosition } from "./tail-words";
import { finishedNow, listLeft } from "./unread-files";

const nowhere: TailPosition = {
  ...{ fileId: null, generation: 0, offset: 0 },
  ...{ ...noGuard, finishedUntilMs: null },
};

/** Finds and opens the file to read on in, and holds it; gives why there is none. */
export async function takeUpFile(state: TailState, settings: ReadingSettings): Promise<SourceRefusal | null> {
  const { place, createAssembler } = settings;
  if (!state.position) return takeUpFirst(state, settings);
  if (state.position.offset > 0) {
    const found = await findRead(place, state.position);
    if (found.ok) {
      if (!found.rotated) state.left.push(...(await listLeft(place, found, state.position)));
      state.held = holdFile(found, state.position, createAssembler(), settings);
      return null;
    }
    if (!("lost" in found)) return found;
    giveUpRest(state, state.position, null);
  }
  const found = await findUnread({ place, left: state.left }, state.position);
  if (!found.ok) return found;
  if (found.skippedBytes > 0) giveUpRest(state, state.position, found.skippedBytes);
  state.held = holdFile(found, state.position, createAssembler(), settings);
  return null;
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

/** A source that was never read begins at its file's beginning or end; rotated files that lie there are history. */
async function takeUpFirst(state: TailState, settings: ReadingSettings): Promise<SourceRefusal | null> {
  const { place, createAssembler, startPosition } = settings;
  const found = await findUnread({ place, left: [] }, nowhere);
  if (!found.ok) return found;
  const { bytes, facts } = found;
  const finishedUntilMs = await finishedNow(bytes.realPath, place.path);
  const offset = startPosition === "end" ? facts.size : 0;
  const guard = guardBefore(bytes, offset) ?? noGuard;
  state.position = { ...nowhere, fileId: facts.id, offset, ...guard, finishedUntilMs };
  state.held = holdFile(found, state.position, createAssembler(), settings);
  return null;
}
