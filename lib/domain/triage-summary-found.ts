import type { PhaseArtifacts, SimilarRecord, TriagePhase, TriageSubject } from "./triage";
import { triagePhases } from "./triage";
import {
  type FoundArtifacts,
  foundNames,
  foundPaths,
  isBacked,
  isModelProposal,
  isModelText,
  namesOneOf,
  standingFindings,
} from "./triage-evidence";
import { failureTypeOf } from "./triage-failure-type";
import { codeReferences, similarReference, sourceReferences } from "./triage-references";
import { composeSummary } from "./triage-summary";
import { boundFields } from "./triage-summary-bounds";
import type { SummaryField, SummaryFields, SummaryOrigin, TriageSummary } from "./triage-summary-fields";

/** How many of each kind are worth a reader's time; the contract's caps come on top. */
const counts = { files: 5, fallbackSteps: 6, fallbackLogs: 12 };

type Written = { [Field in SummaryField]?: { value: SummaryFields[Field]; origin: SummaryOrigin | null } };

/**
 * The summary that the phases' artifacts make, without anybody's help: the same artifacts give the same summary. What rests
 * on evidence beyond the report is found; what only says the report again is synthesised and passes no gate (W-48). Sentences of
 * the proposal are found when evidence stands behind it and they name a file, function or commit that was found.
 */
export function summaryFromArtifacts(
  artifacts: FoundArtifacts,
  subject: TriageSubject,
  /** Phases that somebody else did: not missing. */
  doneElsewhere: readonly TriagePhase[] = [],
): TriageSummary {
  const written: Written = {
    ...whatIsKnown(artifacts, subject, doneElsewhere),
    ...whereItIs(artifacts, subject),
    ...whatResearchFound(artifacts),
    ...whatIsProposed(artifacts, subject),
  };
  const entries = Object.entries(written) as Array<[SummaryField, NonNullable<Written[SummaryField]>]>;
  const raw = Object.fromEntries(entries.map(([field, { value }]) => [field, value]));
  const { fields, filled, cut } = boundFields(raw);
  const origins: TriageSummary["origins"] = {};
  for (const field of filled) {
    const origin = written[field]?.origin;
    if (origin) origins[field] = origin;
  }
  const summary = composeSummary({ fields, origins, cut }, subject.title);
  summary.modelText = filled.filter((field) => isModelField(field, summary, artifacts));
  return summary;
}

function whatIsKnown(
  artifacts: FoundArtifacts,
  subject: TriageSubject,
  doneElsewhere: readonly TriagePhase[],
): Written {
  const { inspect, validate } = artifacts;
  const frame = inspect?.frames.find((each) => each.state === "resolved" && each.origin === "app");
  const place = frame?.path
    ? `It broke at ${placeOf(frame.path, frame.line)}${inFunction(frame.function)}.`
    : "";
  const reported = reportedWords(subject.detail);
  const what = [subject.title, reported[0] === subject.title ? "" : reported[0], place]
    .filter(Boolean)
    .join("\n\n");
  const environment = [
    ...Object.entries(subject.environment).map(([name, value]) => `${name}: ${value}`),
    ...(subject.source ? [`source: ${subject.source}`] : []),
    ...(subject.level ? [`level: ${subject.level}`] : []),
    `event: ${subject.eventType}`,
  ];
  const logs = subject.excerpt.some((row) => row.trim() !== "")
    ? subject.excerpt
    : subject.detail.split("\n");
  const notes = [
    ...(validate?.contradictions ?? []).map((each) => `Contradiction: ${each}`),
    ...(validate && validate.confidenceBecause.length > 0
      ? [`Confidence is ${validate.confidence} by: ${validate.confidenceBecause.join(", ")}.`]
      : []),
  ];
  const missing = triagePhases.filter(
    (phase) => artifacts[phase] === undefined && !doneElsewhere.includes(phase),
  );
  if (missing.length > 0) notes.push(`Without a result: ${missing.join(", ")}.`);
  const checked = (validate?.claims.length ?? 0) + (validate?.findings.length ?? 0) > 0;
  const type = failureTypeOf(subject, frame !== undefined);
  return {
    suggestedTitle: { value: subject.title, origin: "synthesised" },
    whatHappened: { value: what, origin: place ? "found" : "synthesised" },
    expectedBehavior: { value: expectation(subject), origin: "synthesised" },
    environment: { value: environment, origin: "synthesised" },
    logs: {
      value: logs.slice(0, counts.fallbackLogs),
      origin: inspect && inspect.logNeighbours.length > 0 ? "found" : "synthesised",
    },
    ...(validate && {
      rootCauseConfidence: { value: validate.confidence, origin: checked ? "found" : null },
    }),
    failureType: { value: type.failureType, origin: type.failureType === "unknown" ? null : type.origin },
    notes: { value: notes.join("\n"), origin: validate && notes.length > 0 ? "found" : "synthesised" },
  };
}

function whereItIs(artifacts: FoundArtifacts, subject: TriageSubject): Written {
  const { inspect, propose } = artifacts;
  const paths = foundPaths(artifacts);
  const resolved = (inspect?.frames ?? []).filter((each) => each.state === "resolved" && each.path !== null);
  const own = resolved.filter((each) => each.origin === "app");
  const blocks = (inspect?.windows ?? []).flatMap(({ enclosing }) => (enclosing ? [enclosing.name] : []));
  const component = subject.component ? [subject.component] : [];
  const files = [...(propose?.fixPoints ?? []), ...own].flatMap(({ path }) => (path ? [path] : []));
  return {
    affectedComponents: {
      value: [...component, ...blocks],
      origin: blocks.length > 0 ? "found" : "synthesised",
    },
    fileReferences: { value: codeReferences(inspect), origin: "found" },
    likelyFilesToEdit: {
      value: [...new Set(files)].slice(0, counts.files),
      origin: files.some((path) => paths.has(path)) ? "found" : "synthesised",
    },
  };
}

function whatResearchFound({ inspect, research }: FoundArtifacts): Written {
  const similar = research?.similar ?? [];
  const isFiled = ({ kind }: SimilarRecord) => kind === "issue" || kind === "receipt";
  return {
    relatedExistingIssues: { value: similar.filter(isFiled).map(similarReference), origin: "found" },
    relatedFailurePatterns: {
      value: similar.filter((each) => !isFiled(each)).map(similarReference),
      origin: "found",
    },
    researchSources: { value: sourceReferences(inspect, research), origin: "found" },
  };
}

function whatIsProposed(artifacts: FoundArtifacts, subject: TriageSubject): Written {
  const { inspect, propose } = artifacts;
  const paths = foundPaths(artifacts);
  const names = foundNames(artifacts);
  const backed = standingFindings(artifacts).some(isBacked);
  const originOf = (...rows: string[]): SummaryOrigin =>
    backed && rows.some((row) => namesOneOf(row, names)) ? "found" : "synthesised";
  const points = propose?.fixPoints ?? [];
  const pointFound = backed && points.some((each) => paths.has(each.path));
  const nearest = inspect?.frames.find((each) => each.state === "resolved" && each.origin === "app");
  const fallbackPoints: PhaseArtifacts["propose"]["fixPoints"] = nearest?.path
    ? [{ path: nearest.path, line: nearest.line, why: "The project's frame nearest to where it broke." }]
    : [];
  const steps = (propose?.reproduction ?? []).filter((row) => row.trim() !== "");
  const causes = [...(propose?.findings ?? []), ...(artifacts.validate?.claims ?? [])].filter(
    (each) => isBacked(each) && (!("verdict" in each) || each.verdict === "holds"),
  );
  return {
    fixPoints:
      points.length > 0
        ? { value: points, origin: pointFound ? "found" : "synthesised" }
        : { value: fallbackPoints, origin: "found" },
    stepsToReproduce:
      steps.length > 0
        ? { value: steps, origin: originOf(...steps) }
        : { value: fallbackSteps(subject), origin: "synthesised" },
    ...(propose && {
      whyItLikelyHappened: {
        value: propose.likelyCause,
        origin: causes.length > 0 ? "found" : "synthesised",
      },
      recommendedFix: {
        value: propose.recommendedFix,
        origin: pointFound ? "found" : originOf(propose.recommendedFix),
      },
      acceptanceCriteria: {
        value: propose.acceptanceCriteria,
        origin: originOf(...propose.acceptanceCriteria),
      },
      verificationSteps: {
        value: propose.verificationSteps,
        origin: originOf(...propose.verificationSteps),
      },
      riskLevel: { value: propose.riskLevel, origin: backed ? "found" : null },
    }),
  };
}

function isModelField(field: SummaryField, summary: TriageSummary, artifacts: FoundArtifacts): boolean {
  const value = summary[field];
  const rows = typeof value === "string" ? [value] : Array.isArray(value) ? value : [];
  const ofProposal: SummaryField[] = [
    "whyItLikelyHappened",
    "recommendedFix",
    "fixPoints",
    "stepsToReproduce",
    "acceptanceCriteria",
    "verificationSteps",
  ];
  if (ofProposal.includes(field) && isModelProposal(artifacts)) return true;
  return rows.some((row) => typeof row === "string" && row.length > 12 && isModelText(row, artifacts));
}

/** The detail's paragraphs without the header that intake writes above them (`source: cron`) and its copy of the excerpt. */
const reportedWords = (detail: string): string[] =>
  detail
    .slice(0, 20_000)
    .split(/\n[ \t]*\n/)
    .map((each) => each.trim().slice(0, 2_000))
    .filter((each) => each !== "" && !each.startsWith("excerpt:") && !isHeader(each));

const isHeader = (paragraph: string): boolean =>
  paragraph.split("\n").every((line) => /^[a-z][a-z_]{1,30}: \S/.test(line));

const placeOf = (path: string, line: number | null): string => (line === null ? path : `${path}:${line}`);
const inFunction = (name: string | null): string => (name ? ` in ${name}` : "");

const expectation = ({ component, eventType }: TriageSubject): string =>
  `${component ?? eventType} completes without this failure.`;

function fallbackSteps(subject: TriageSubject): string[] {
  const given = Object.entries(subject.environment).map(([name, value]) => `${name} ${value}`);
  return [
    ...(given.length > 0 ? [`Set up: ${given.slice(0, 4).join(", ")}.`] : []),
    subject.component ? `Run ${subject.component}.` : `Bring about ${subject.eventType}.`,
    `Look for: ${subject.title}`,
  ].slice(0, counts.fallbackSteps);
}
