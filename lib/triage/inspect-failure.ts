import { inspectionFindings } from "@/lib/domain/inspection-findings";
import { type ReportClues, readClues } from "@/lib/domain/report-clues";
import type {
  FileMention,
  Inspection,
  LookedAt,
  ReportedFrame,
  TriageLimits,
  TriageSubject,
} from "@/lib/domain/triage";
import { codeWindows, type WindowRequest } from "./source-tree/code-window";
import { findConfiguration } from "./source-tree/find-configuration";
import { findLockedVersions } from "./source-tree/find-locked-versions";
import { findMessage } from "./source-tree/find-message";
import { openRoot } from "./source-tree/open-root";
import { framesWithoutRoot, resolveFrames } from "./source-tree/resolve-frames";
import { PathResolver } from "./source-tree/resolve-path";
import { SourceMaps } from "./source-tree/source-map";
import { SourceTree } from "./source-tree/source-tree";
import { startStopwatch } from "./source-tree/stopwatch";

export type InspectInput = {
  subject: TriageSubject;
  /** The project's folder; null when it has none. */
  root: string | null;
  /** A root that lies in none of these is not opened. */
  allowedRoots: readonly string[];
  /** Folders that are never read: the monitor's own data. */
  refusedFolders?: readonly string[];
  logNeighbours: string[];
};

const neighbourCap = 50;
const lookedAtCap = 60;

/**
 * The first phase of triage without a model: what the report names, found in the project's folder and read, nothing run and nothing
 * asked for over the network. `limits.deadlineMs` counts from the call; when it or the signal ends, what was found so far is
 * returned and `lookedAt` says so. Throws only for faults of its own.
 */
export async function inspectFailure(input: InspectInput, limits: TriageLimits): Promise<Inspection> {
  const stopwatch = startStopwatch(limits);
  const clues = readClues(input.subject);
  const logNeighbours = input.logNeighbours.slice(0, neighbourCap);
  const { root, allowedRoots, refusedFolders = [] } = input;
  const opened =
    root === null
      ? ({ ok: false, outcome: "absent", note: "The project has no folder on this host." } as const)
      : await openRoot({ root, allowedRoots, refusedFolders });
  if (!opened.ok) {
    const lookedAt: LookedAt[] = [
      lookedAtReport(clues),
      { what: "the project's folder", outcome: opened.outcome, note: opened.note },
    ];
    return withoutRoot(clues, opened.note, { lookedAt, logNeighbours });
  }
  const tree = new SourceTree(opened.root, stopwatch);
  return { ...(await inspectTree(tree, root ?? "", clues, input.subject.component)), logNeighbours };
}

function withoutRoot(
  clues: ReportClues,
  rootNote: string,
  rest: Pick<Inspection, "lookedAt" | "logNeighbours">,
): Inspection {
  const frames = framesWithoutRoot(clues.places);
  const nothing = { windows: [], mentions: [] };
  return {
    ...rest,
    frames,
    ...nothing,
    findings: inspectionFindings({ clues, rootNote, frames, ...nothing, locked: [] }),
  };
}

async function inspectTree(
  tree: SourceTree,
  givenRoot: string,
  clues: ReportClues,
  component: string | null,
): Promise<Omit<Inspection, "logNeighbours">> {
  const index = await tree.index();
  const resolver = new PathResolver(tree, givenRoot);
  const maps = new SourceMaps(tree);
  const frames = await resolveFrames(clues.places, resolver, maps);
  const named = await findNamed(clues, resolver);
  const own = frames.flatMap((frame) =>
    frame.state === "resolved" && frame.path !== null ? [frame.path] : [],
  );
  const message = clues.needles.length === 0 ? null : await findMessage(tree, clues.needles, own);
  const configured = await findConfiguration(tree, { component, keys: clues.keys });
  const locked = await findLockedVersions(tree, clues.libraries, own[0] ?? null);
  const mentions = [
    ...named,
    ...(message?.places ?? []),
    ...configured,
    ...locked.map((each) => each.mention),
  ];
  const windows = await codeWindows(tree, windowRequests(frames, named, message?.places ?? []));
  const lookedAt: LookedAt[] = [
    lookedAtReport(clues),
    {
      what: "the project's files",
      outcome: "read",
      note: `${index.files.length} files${index.cutBy === null ? "" : `, cut short by ${index.cutBy}: others may be there`}`,
    },
    ...[...new Set(windows.map((each) => each.path))].map((what): LookedAt => ({ what, outcome: "read" })),
    ...(message === null ? [] : [message.lookedAt]),
    ...maps.lookedAt(),
    ...unreadFiles(tree),
    ...(tree.stopwatch.isOver() ? [timeIsUp] : []),
  ];
  const findings = inspectionFindings({ clues, rootNote: null, frames, windows, mentions, locked });
  return { lookedAt: lookedAt.slice(0, lookedAtCap), frames, windows, mentions, findings };
}

const timeIsUp: LookedAt = { what: "the rest", outcome: "refused", note: "The time for looking was up." };

function lookedAtReport({ places, traceField }: ReportClues): LookedAt {
  if (traceField === null) return { what: "the report's stack trace", outcome: "absent" };
  return {
    what: "the report's stack trace",
    outcome: "read",
    note: `${places.length} frames, in its ${traceField}`,
  };
}

/** Files that the text names, where there is no doubt which they are. */
async function findNamed(clues: ReportClues, resolver: PathResolver): Promise<FileMention[]> {
  const mentions: FileMention[] = [];
  for (const file of clues.named) {
    if (resolver.tree.stopwatch.isOver()) break;
    const answer = await resolver.resolve({ ...file, function: null, isPackagePath: false });
    if (answer.state !== "resolved" || mentions.some((each) => each.path === answer.path)) continue;
    mentions.push({ path: answer.path, line: file.line, because: "named_in_report", text: file.path });
  }
  return mentions;
}

/** The frames first; then what the report names with a line, then where its message is written. */
function windowRequests(
  frames: readonly ReportedFrame[],
  named: readonly FileMention[],
  written: readonly FileMention[],
): WindowRequest[] {
  const ofFrames = frames.flatMap((frame) =>
    frame.origin === "app" && frame.state === "resolved" && frame.path !== null
      ? [{ path: frame.path, line: frame.line }]
      : [],
  );
  return [...ofFrames, ...named.filter((each) => each.line !== null), ...written.slice(0, 2)];
}

const whyUnread: Readonly<Record<string, string>> = {
  outside_root: "It leads out of the project.",
  not_ordinary: "It is no ordinary file.",
  too_large: "It is larger than what is read.",
  not_readable: "The monitor may not read it.",
  binary: "It is no text.",
};

const unreadFiles = (tree: SourceTree): LookedAt[] =>
  [...tree.unread].map(([what, why]) => ({
    what,
    outcome: why === "too_large" ? "too_large" : "refused",
    note: whyUnread[why] ?? why,
  }));
