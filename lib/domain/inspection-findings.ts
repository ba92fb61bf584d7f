import { isConfiguration } from "./code-language";
import { compareFunction } from "./function-name";
import type { ReportClues } from "./report-clues";
import type { TraceLibrary } from "./trace-library";
import type { CodeWindow, Confidence, FileMention, Finding, ReportedFrame } from "./triage";

/** What was read in a project, before anything is concluded. */
export type InspectedFacts = {
  clues: ReportClues;
  /** Null when it could be read; else why not. */
  rootNote: string | null;
  frames: readonly ReportedFrame[];
  windows: readonly CodeWindow[];
  mentions: readonly FileMention[];
  locked: ReadonlyArray<{ library: TraceLibrary; name: string; version: string; mention: FileMention }>;
};

const frameFindingCap = 8;
const otherFindingCap = 5;
const statementLength = 400;

/** The statements that follow from what was read, each by a rule that `docs/triage-rules.md` describes. */
export function inspectionFindings(facts: InspectedFacts): Finding[] {
  return [
    ...rootFindings(facts),
    ...topFrameFinding(facts),
    ...frameFindings(facts),
    ...unresolvedFindings(facts),
    ...mentionFindings(facts),
    ...libraryFindings(facts),
  ];
}

const fact = (rule: string, statement: string, evidence: Finding["evidence"]): Finding => ({
  rule,
  certainty: "fact",
  confidence: "high",
  statement: statement.slice(0, statementLength),
  evidence,
});

const ofReport = ({ clues }: InspectedFacts): Finding["evidence"] => [
  { kind: "report", field: clues.traceField ?? "detail" },
];
const counted = (count: number) => (count === 1 ? "1 frame" : `${count} frames`);
const lineOf = (path: string, line: number): Finding["evidence"][number] => ({
  ...{ kind: "code", path, fromLine: line, toLine: line },
});

function rootFindings(facts: InspectedFacts): Finding[] {
  const found: Finding[] = [];
  if (facts.rootNote !== null) found.push(fact("root_unreadable", facts.rootNote, []));
  if (facts.clues.places.length === 0)
    found.push(fact("no_trace", "The report holds no stack trace.", ofReport(facts)));
  return found;
}

const isResolved = (frame: ReportedFrame): frame is ReportedFrame & { path: string } =>
  frame.state === "resolved" && frame.path !== null;

const placeOf = (frame: ReportedFrame & { path: string }) =>
  frame.line === null ? frame.path : `${frame.path}:${frame.line}`;

const windowOf = (facts: InspectedFacts, frame: ReportedFrame) =>
  facts.windows.find((window) => window.path === frame.path && window.focusLine === frame.line) ??
  facts.windows.find((window) => window.path === frame.path && window.focusLine === null);

/** The function as the trace names it; where that says nothing, as the source does. */
function nameOf(facts: InspectedFacts, frame: ReportedFrame): string {
  const inSource = windowOf(facts, frame)?.enclosing?.name;
  const isTelling = inSource === undefined || compareFunction(frame.function, inSource) !== "unknown";
  return (isTelling ? frame.function : inSource) ?? inSource ?? "the code";
}

type Fit = "same" | "different" | "unknown" | "beyond";

/** How the project's file fits what the trace says of it. */
function fitOf(facts: InspectedFacts, frame: ReportedFrame): Fit {
  const window = windowOf(facts, frame);
  if (window === undefined || frame.line === null) return "unknown";
  if (window.focusLine === null) return "beyond";
  return window.enclosing === null ? "unknown" : compareFunction(frame.function, window.enclosing.name);
}

/** The project's own frame nearest to where it broke is taken for the place. */
function topFrameFinding(facts: InspectedFacts): Finding[] {
  const own = facts.frames.filter((frame) => frame.origin === "app");
  const top = own.find(isResolved);
  if (top === undefined) return [];
  const fit = fitOf(facts, top);
  const isFirst = own[0] === top;
  const confidences: Record<Fit, Confidence> = {
    same: "high",
    unknown: isFirst ? "high" : "medium",
    different: "low",
    beyond: "low",
  };
  const confidence = confidences[fit] === "high" && !isFirst ? "medium" : confidences[fit];
  const nearer = isFirst
    ? ""
    : ` Nearer to the failure: ${counted(own.indexOf(top))} of its own that the project does not show.`;
  const evidence = [
    ...ofReport(facts),
    ...(top.line === null || fit === "beyond" ? [] : [lineOf(top.path, top.line)]),
  ];
  const statement = `It broke in ${nameOf(facts, top)} at ${placeOf(top)}.${nearer}`.slice(
    0,
    statementLength,
  );
  return [{ rule: "top_app_frame", certainty: "inference", confidence, statement, evidence }];
}

function frameFindings(facts: InspectedFacts): Finding[] {
  const found: Finding[] = [];
  const seen = new Set<string>();
  for (const frame of facts.frames.filter(isResolved)) {
    if (seen.has(placeOf(frame)) || seen.size === frameFindingCap) continue;
    seen.add(placeOf(frame));
    found.push(...findingsOfFrame(facts, frame));
  }
  return found;
}

function findingsOfFrame(facts: InspectedFacts, frame: ReportedFrame & { path: string }): Finding[] {
  const window = windowOf(facts, frame);
  const line = frame.line ?? 1;
  const fit = fitOf(facts, frame);
  const code = fit === "beyond" ? [] : [lineOf(frame.path, line)];
  const resolved = `${nameOf(facts, frame)} of the trace is ${placeOf(frame)} of the project.`;
  const found = [fact("frame_resolved", resolved, [...ofReport(facts), ...code])];
  const from = frame.mappedFrom;
  if (from) {
    const statement = `The source map leads from ${from.path}:${from.line}:${from.column} to ${placeOf(frame)}.`;
    found.push(fact("frame_mapped", statement, [...code, lineOf(from.path, from.line)]));
  }
  if (fit === "beyond" && window !== undefined) {
    const count = window.fromLine + window.lines.length - 1;
    const statement = `The trace names line ${line} of ${frame.path}, which has ${count}: what ran was another version.`;
    found.push(fact("line_beyond_file", statement, ofReport(facts)));
  }
  if (window?.enclosing && (fit === "same" || fit === "different")) {
    const { name, fromLine, toLine } = window.enclosing;
    const evidence: Finding["evidence"] = [{ kind: "code", path: frame.path, fromLine, toLine }];
    const where = `Line ${line} of ${frame.path} stands in ${name}`;
    found.push(
      fit === "same"
        ? fact("function_at_line", `${where}, as the trace says.`, evidence)
        : fact("function_differs", `${where}; the trace says ${frame.function}.`, [
            ...ofReport(facts),
            ...evidence,
          ]),
    );
  }
  return found;
}

const unresolved: ReadonlyArray<[state: ReportedFrame["state"], rule: string, words: string]> = [
  ["outside_root", "frame_outside_root", "outside the project"],
  ["several", "frame_ambiguous", "that fit several files of the project equally well"],
  ["not_found", "frame_not_found", "in files that the project does not have"],
  ["unreadable", "frame_unreadable", "in files that were not read (too large, binary or no ordinary file)"],
];

function unresolvedFindings(facts: InspectedFacts): Finding[] {
  return unresolved.flatMap(([state, rule, words]) => {
    const frames = facts.frames.filter((frame) => frame.state === state);
    const first = frames[0];
    if (first === undefined) return [];
    const statement = `${counted(frames.length)} of the trace ${words}, first ${first.reportedPath ?? first.text}.`;
    return [fact(rule, statement, ofReport(facts))];
  });
}

const mentionRules: Readonly<
  Record<FileMention["because"], (mention: FileMention) => [rule: string, statement: string] | null>
> = {
  message_literal: ({ path, line }) =>
    isConfiguration(path)
      ? ["key_configured", `${path}:${line} holds a key that the message names.`]
      : ["message_written_here", `The words of the message are written at ${path}:${line}.`],
  names_component: ({ path, line }) => [
    "component_configured",
    `${path}:${line} names the failing component.`,
  ],
  named_in_report: ({ path }) => ["file_named", `The report names ${path}, which the project has.`],
  locks_dependency: () => null,
};

function mentionFindings(facts: InspectedFacts): Finding[] {
  const counts = new Map<string, number>();
  const found: Finding[] = [];
  for (const mention of facts.mentions) {
    const told = mentionRules[mention.because](mention);
    const count = (counts.get(mention.because) ?? 0) + 1;
    counts.set(mention.because, count);
    if (told === null || count > otherFindingCap) continue;
    const evidence = mention.line === null ? ofReport(facts) : [lineOf(mention.path, mention.line)];
    found.push(fact(told[0], told[1], evidence));
  }
  return found;
}

function libraryFindings({ locked }: InspectedFacts): Finding[] {
  return locked.slice(0, otherFindingCap).flatMap(({ library, name, version, mention }) => {
    const evidence = mention.line === null ? [] : [lineOf(mention.path, mention.line)];
    const found = [
      fact(
        "library_version_locked",
        `${mention.path} locks ${name} at ${version}; the trace runs through it.`,
        evidence,
      ),
    ];
    const ran = library.version;
    if (ran !== null && ran.replace(/^v/, "") !== version.replace(/^v/, "")) {
      const statement = `${name} ran as ${ran} by its path, and ${mention.path} locks ${version}.`;
      found.push(fact("library_version_differs", statement, evidence));
    }
    return found;
  });
}
