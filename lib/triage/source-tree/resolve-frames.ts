import type { TracePlace } from "@/lib/domain/trace-place";
import type { ReportedFrame } from "@/lib/domain/triage";
import type { PathAnswer, PathResolver } from "./resolve-path";
import type { SourceMaps } from "./source-map";

const frameCap = 100;
/** So many different places are looked for; a trace of more says nothing more. */
const lookedForCap = 60;

/** Of a root that cannot be read, every frame is `no_root`. */
export const framesWithoutRoot = (places: readonly TracePlace[]): ReportedFrame[] =>
  places.slice(0, frameCap).map((place, depth) => frameOf(place, depth, "no_root"));

/** The frames of a trace in the project, at most 100. Libraries' and the runtime's own are not looked for. */
export async function resolveFrames(
  places: readonly TracePlace[],
  resolver: PathResolver,
  maps: SourceMaps,
): Promise<ReportedFrame[]> {
  const frames: ReportedFrame[] = [];
  const known = new Map<string, ReportedFrame>();
  for (const [depth, told] of places.slice(0, frameCap).entries()) {
    const isOwn = told.path !== null && (await resolver.isOwn(told.path, told.isPackagePath));
    const place: TracePlace = isOwn ? { ...told, origin: "app" } : told;
    const key = `${place.path}:${place.line}:${place.column}:${place.function}`;
    const before = known.get(key);
    if (before !== undefined) frames.push({ ...before, depth });
    else if (!isLookedFor(place) || known.size >= lookedForCap || resolver.tree.stopwatch.isOver()) {
      frames.push(frameOf(place, depth, "not_looked_for"));
    } else {
      const frame = await resolveFrame(place, depth, resolver, maps);
      known.set(key, frame);
      frames.push(frame);
    }
  }
  return resolveSeveral(frames, places, resolver);
}

const isLookedFor = (place: TracePlace) => place.origin === "app" && place.path !== null;

async function resolveFrame(
  place: TracePlace,
  depth: number,
  resolver: PathResolver,
  maps: SourceMaps,
): Promise<ReportedFrame> {
  const answer = await resolver.resolve(questionOf(place));
  const plain = framed(place, depth, answer);
  const bundle = "path" in answer ? answer.path : null;
  const original =
    bundle === null || place.line === null ? null : await maps.originalOf(bundle, place.line, place.column);
  if (bundle === null || original === null) return plain;
  const mappedFrom = { path: bundle, line: place.line ?? 1, column: place.column ?? 1 };
  const mapped = { ...plain, line: original.line, mappedFrom };
  if (/(?:^|[\\/])node_modules[\\/]/.test(original.source))
    return { ...mapped, origin: "library", state: "not_looked_for", path: null };
  const { line, source } = original;
  const found = await resolver.resolve({ path: source, line, function: original.name, isPackagePath: false });
  if (found.state === "resolved") return { ...mapped, state: "resolved", path: found.path };
  // The source is not here: the bundle's own place is the best there is.
  return plain;
}

/** Frames found later may tell which of several an earlier one meant. */
async function resolveSeveral(
  frames: readonly ReportedFrame[],
  places: readonly TracePlace[],
  resolver: PathResolver,
): Promise<ReportedFrame[]> {
  return Promise.all(
    frames.map(async (frame) => {
      const place = places[frame.depth];
      if (frame.state !== "several" || place === undefined) return frame;
      return framed(place, frame.depth, await resolver.resolve(questionOf(place)));
    }),
  );
}

const questionOf = (place: TracePlace) => ({
  path: place.path ?? "",
  line: place.line,
  function: place.function,
  isPackagePath: place.isPackagePath,
});

const framed = (place: TracePlace, depth: number, answer: PathAnswer): ReportedFrame => ({
  ...frameOf(place, depth, answer.state),
  path: answer.state === "resolved" ? answer.path : null,
});

const frameOf = (place: TracePlace, depth: number, state: ReportedFrame["state"]): ReportedFrame => ({
  text: place.text,
  depth,
  origin: place.origin,
  function: place.function,
  reportedPath: place.path,
  line: place.line,
  state,
  path: null,
});
