import type { DestinationKind } from "./config";
import type { ModelAnalysis } from "./model-report";
import type { Reason } from "./reason";

/**
 * What a triage run leaves behind: four phases, each with what it looked at, what it found and how sure it is. Facts were
 * read; inferences follow from facts by a rule with a name; model text is somebody's opinion. The three are never mixed.
 */
export const triagePhases = ["inspect", "research", "validate", "propose"] as const;
export type TriagePhase = (typeof triagePhases)[number];

export type Certainty = "fact" | "inference" | "model";
export type Confidence = "high" | "medium" | "low";

/** Where a statement can be checked. Paths are relative to the project's root, with slashes; lines count from 1. */
export type Evidence =
  | { kind: "report"; field: "title" | "detail" | "excerpt" }
  | { kind: "code"; path: string; fromLine: number; toLine: number }
  | { kind: "commit"; hash: string }
  | { kind: "log"; reference: string }
  | { kind: "incident" | "draft" | "receipt" | "memory"; id: string }
  | { kind: "issue"; reference: string; url: string | null };

/** One statement. `rule` names the rule it follows from; every rule is described once, in docs/triage-rules.md. */
export type Finding = {
  rule: string;
  certainty: Certainty;
  confidence: Confidence;
  statement: string;
  evidence: Evidence[];
};

/** Something that was looked at, and how that went; a phase that looked at nothing says so. */
export type LookedAt = { what: string; outcome: "read" | "absent" | "refused" | "too_large"; note?: string };

/** A frame of the report's trace. Of a root that cannot be read, every frame is `no_root`. */
export type ReportedFrame = {
  /** As reported, one line. */
  text: string;
  /** 0 is the frame nearest to where it broke. */
  depth: number;
  origin: "app" | "library" | "runtime";
  function: string | null;
  reportedPath: string | null;
  line: number | null;
  state: "resolved" | "not_found" | "several" | "outside_root" | "unreadable" | "not_looked_for" | "no_root";
  /** Where it is in the project; set when resolved. */
  path: string | null;
  /** The bundle's place, where a source map led from it to `path` and `line`. */
  mappedFrom?: { path: string; line: number; column: number };
};

export type EnclosingBlock = { name: string; kind: "function" | "class"; fromLine: number; toLine: number };

/** Lines around a place, as they are in the working tree. */
export type CodeWindow = {
  path: string;
  language: string | null;
  fromLine: number;
  focusLine: number | null;
  lines: string[];
  enclosing: EnclosingBlock | null;
};

/** A file or a configuration key the report speaks of, or that names the failing component. */
export type FileMention = {
  path: string;
  line: number | null;
  /** Why it is here. */
  because: "named_in_report" | "names_component" | "message_literal" | "locks_dependency";
  text: string;
};

export type Inspection = {
  lookedAt: LookedAt[];
  frames: ReportedFrame[];
  windows: CodeWindow[];
  mentions: FileMention[];
  /** Lines of the log around the failure, by reference; the reader resolves them. */
  logNeighbours: string[];
  findings: Finding[];
};

export type CommitFacts = {
  hash: string;
  /** A name, never an address. */
  author: string;
  authoredAtMs: number;
  committedAtMs: number;
  subject: string;
};

/** A commit that may have brought the failure, best first. `rank` counts from 1; `score` is only comparable within one list. */
export type SuspectCommit = CommitFacts & {
  rank: number;
  score: number;
  confidence: Confidence;
  /** Rule names, the strongest first. */
  because: string[];
  /** Of the files looked at: what it changed, and the hunks that matter, bounded. */
  changes: Array<{ path: string; fromLine: number; toLine: number; removed: string[]; added: string[] }>;
};

export type History = {
  state: "read" | "no_repository" | "shallow" | "unreadable" | "no_root" | "git_missing";
  head: CommitFacts | null;
  suspects: SuspectCommit[];
  /** The last change of each line in question. */
  blamed: Array<{ path: string; line: number; hash: string }>;
};

/** What is known already about failures like this one. */
export type SimilarRecord = {
  kind: "incident" | "draft" | "receipt" | "memory" | "issue";
  id: string;
  title: string;
  /** How alike, and by what. */
  match:
    | "same_fingerprint"
    | "same_exception_and_frames"
    | "same_exception"
    | "similar_words"
    | "same_marker";
  score: number;
  occurrenceCount: number | null;
  lastSeenAtMs: number | null;
  outcome: string | null;
  url: string | null;
};

/** An issue as its tracker tells of it. The texts are whoever's wrote them: shown, bounded, and trusted for nothing. */
export type FiledIssue = {
  /** How it was known: named by a receipt of ours, by this failure's whole marker, or by nothing but an equal title. */
  match: "own_receipt" | "same_marker" | "same_title";
  /** What people call it: `#12`, `SHOP-4`. */
  reference: string;
  title: string;
  url: string | null;
  state: "open" | "closed";
};

/** One issue destination that the draft goes to, asked whether the failure was filed there before. */
export type FiledBefore = {
  destinationId: string;
  kind: DestinationKind;
  /** Where there: a repository, a team and its project; null where it could not be told. */
  targetRef: string | null;
  /** What was sent to ask: a hash of ours alone, or the title too. */
  asked: "markers" | "titles";
  /** Why there is no answer; null when it was asked and answered. */
  notAsked: Pick<Reason, "code" | "message"> | null;
  /** What publishing would do with an open issue: comment on it, or only link it. */
  commentsOnOpen: boolean;
  issues: FiledIssue[];
};

export type Research = {
  lookedAt: LookedAt[];
  history: History;
  similar: SimilarRecord[];
  /** What the issue destinations answered; left out where triage is not to ask them. */
  filedBefore?: FiledBefore[];
  findings: Finding[];
};

/** A claim put to the test. `refuted` claims stay in sight, as contradictions. */
export type CheckedClaim = Finding & { verdict: "holds" | "refuted" | "cannot_be_checked" };

export type Validation = {
  lookedAt: LookedAt[];
  claims: CheckedClaim[];
  contradictions: string[];
  confidence: Confidence;
  /** Names of the rules that gave the confidence. */
  confidenceBecause: string[];
  findings: Finding[];
};

/** A change small enough to be written down by a rule; a suggestion and never applied. */
export type PatchSketch = {
  path: string;
  rule: string;
  removed: string[];
  added: string[];
  fromLine: number;
};

export type Proposal = {
  lookedAt: LookedAt[];
  likelyCause: string;
  recommendedFix: string;
  fixPoints: Array<{ path: string; line: number | null; why: string }>;
  reproduction: string[];
  acceptanceCriteria: string[];
  verificationSteps: string[];
  riskLevel: "low" | "medium" | "high";
  blastRadius: string;
  labels: string[];
  patch: PatchSketch | null;
  findings: Finding[];
  /** What a model said beside all this, where one was asked. Nothing above is made of it. */
  model?: ModelAnalysis;
};

export type PhaseArtifacts = {
  inspect: Inspection;
  research: Research;
  validate: Validation;
  propose: Proposal;
};

/** What triage is given of a failure. Redacted already; nothing in it is trusted. */
export type TriageSubject = {
  draftId: string;
  incidentId: string;
  fingerprint: string;
  repo: string;
  projectId: string | null;
  title: string;
  detail: string;
  excerpt: string[];
  evidenceRefs: string[];
  eventType: string;
  component: string | null;
  source: string | null;
  level: string | null;
  riskLevel: string | null;
  environment: Readonly<Record<string, string>>;
  firstSeenAtMs: number;
  lastSeenAtMs: number;
  /** The newest occurrence of an earlier, closed incident of the same failure; null when it is new. */
  lastGoodAtMs: number | null;
  /** How often the incident was seen, merged ones included. */
  occurrenceCount?: number;
};

/** Who does the looking: reads only, bounded, and stops when the signal does. `deadlineMs` counts from the call. */
export type TriageLimits = { deadlineMs: number; signal: AbortSignal };
