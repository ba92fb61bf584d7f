import { functionAt } from "./suspect-blocks";
import type { CodeWindow, Inspection } from "./triage";

/** A line of the project that the failure went through, as HEAD has it, with the function around it. */
export type Place = {
  path: string;
  line: number;
  /** 0 is the project's own line nearest to where it broke. */
  depth: number;
  functionName: string | null;
  fromLine: number;
  toLine: number;
  focus: string;
  lines: string[];
};

const placeCap = 6;
const functionLinesMax = 400;

/** Weight of a place by its depth: what is far up the stack says little. */
export const decay = (depth: number): number => [1, 0.7, 0.5, 0.4, 0.3][depth] ?? 0.25;

/** The project's own lines of the trace, nearest first, then lines that the report speaks of. */
export function placesOf(inspection: Inspection, files: ReadonlyMap<string, string>): Place[] {
  const places: Place[] = [];
  const add = (path: string, line: number | null, functionName: string | null) => {
    const content = files.get(path);
    if (content === undefined || line === null || places.length >= placeCap) return;
    const window = inspection.windows.find((each) => each.path === path && each.focusLine === line);
    const lines = content.split("\n");
    const at = lineAtHead(lines, line, window);
    if (at === null || places.some((place) => place.path === path && place.line === at)) return;
    places.push(
      placeAt({ path, line: at, depth: places.length, functionName, lines, shift: at - line, window }),
    );
  };
  const frames = inspection.frames
    .filter((frame) => frame.state === "resolved" && frame.path !== null)
    .sort((a, b) => a.depth - b.depth);
  for (const frame of frames.filter((each) => each.origin === "app"))
    add(frame.path as string, frame.line, frame.function);
  for (const mention of inspection.mentions) {
    if (mention.because !== "locks_dependency") add(mention.path, mention.line, null);
  }
  if (places.length === 0) for (const window of inspection.windows) add(window.path, window.focusLine, null);
  return places;
}

/** Where a line of the working tree is at HEAD; the two differ where something is not committed. */
function lineAtHead(lines: readonly string[], line: number, window: CodeWindow | undefined): number | null {
  const seen = window?.lines[line - window.fromLine];
  if (seen === undefined || lines[line - 1]?.trimEnd() === seen.trimEnd())
    return line <= lines.length ? line : null;
  for (let away = 1; away <= 200; away += 1) {
    for (const at of [line - away, line + away]) {
      if (at >= 1 && lines[at - 1]?.trimEnd() === seen.trimEnd()) return at;
    }
  }
  return line <= lines.length ? line : null;
}

type Found = {
  path: string;
  line: number;
  depth: number;
  functionName: string | null;
  lines: string[];
  shift: number;
  window: CodeWindow | undefined;
};

function placeAt({ path, line, depth, functionName, lines, shift, window }: Found): Place {
  const told = window?.enclosing?.kind === "function" ? window.enclosing : null;
  const block = told
    ? { name: told.name, fromLine: told.fromLine + shift, toLine: told.toLine + shift }
    : functionAt(lines, line);
  // Outside any function, what stands close by is taken for it.
  const fromLine = Math.max(1, block?.fromLine ?? line - 3);
  const toLine = Math.min(lines.length, block?.toLine ?? line + 3, fromLine + functionLinesMax);
  return {
    ...{ path, line, depth, fromLine, toLine },
    functionName: lastName(block?.name ?? functionName),
    focus: lines[line - 1] ?? "",
    lines: lines.slice(fromLine - 1, toLine),
  };
}

/** `Shop::Cart#total`, `Cart.total`, `(*Cart).Total`: the name of the function alone. */
const lastName = (name: string | null): string | null =>
  name?.split(/[.#:]|->/).findLast((part) => part !== "") ?? null;
