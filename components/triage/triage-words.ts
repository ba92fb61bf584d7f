import { shortId } from "@/components/drafts/draft-words";
import { durationWords } from "@/components/layout/format-time";
import type { StateName } from "@/components/state/state-map";
import type { TriageReviewWire } from "@/lib/contracts/triage-review";
import type { TriageRunWire } from "@/lib/contracts/triage-run";

export type Phase = TriageRunWire["phases"][number]["phase"];
export type RunState = TriageRunWire["state"];

export const phaseWords: Record<Phase, { name: string; does: string }> = {
  inspect: { name: "Inspect", does: "Reading the code that the trace names" },
  research: { name: "Research", does: "Looking through history and similar failures" },
  validate: { name: "Validate", does: "Putting each claim to the test" },
  propose: { name: "Propose", does: "Writing down a cause and a fix" },
};

const runStates: Record<RunState, StateName> = {
  queued: "triageQueued",
  running: "triageRunning",
  ready: "triaged",
  blocked: "triageBlocked",
  timed_out: "triageTimedOut",
  failed: "triageFailed",
  cancelled: "cancelled",
};

export function triageState(triage: TriageReviewWire): StateName {
  return triage.run ? runStates[triage.run.state] : "notTriaged";
}

export const isLive = (state: RunState | undefined): boolean => state === "queued" || state === "running";

/** "240 ms", "2.1 s", "4 min": how long something took. */
export function spanWords(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))}\u00a0ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)}\u00a0s`;
  return durationWords(ms);
}

const holders: Record<string, string> = { agent: "Agent", token: "Token", user: "Somebody" };

/** Who has a run, from the actor's key: "agent:token-4be1d07a99…" is "Agent 4be1d07a". */
export function holderName(by: string): string {
  const [kind = "", id = ""] = by.split(/:(.*)/s);
  const word = Object.hasOwn(holders, kind) ? holders[kind] : undefined;
  return word ? `${word} ${shortId(id)}` : by;
}

export const confidenceWords = {
  high: "high confidence",
  medium: "medium confidence",
  low: "low confidence",
};

export const originWords = {
  found: { word: "found", help: "A phase found it, with evidence beyond the report." },
  given: { word: "given", help: "Somebody wrote it." },
  synthesised: {
    word: "synthesised",
    help: "Put together from the report's own words; never enough to pass a gate.",
  },
} as const;

export const matchWords: Record<string, string> = {
  same_fingerprint: "the same failure",
  same_exception_and_frames: "same exception, same frames",
  same_exception: "same exception",
  similar_words: "similar words",
  same_marker: "carries this failure's marker",
};

export const recordWords: Record<string, string> = {
  incident: "Incident",
  draft: "Draft",
  receipt: "Receipt",
  memory: "Memory",
  issue: "Issue",
};

export const frameWords: Record<string, string> = {
  resolved: "found in the project",
  not_found: "not in the project",
  several: "fits several files",
  outside_root: "outside the project",
  unreadable: "could not be read",
  not_looked_for: "not looked for",
  no_root: "no project folder",
};

export const mentionWords: Record<string, string> = {
  named_in_report: "named in the report",
  names_component: "names the component",
  message_literal: "holds the message",
  locks_dependency: "locks the library's version",
};

export const historyWords: Record<string, string> = {
  no_repository: "The project's folder is no git repository, so no commit could be suspected.",
  shallow: "The repository was cloned without its older history; a cause before that cannot be found.",
  unreadable: "The history could not be read.",
  no_root: "There is no project folder to read the history of.",
  git_missing: "git is not installed on this host, so the history could not be read.",
};

export const lookedWords: Record<string, string> = {
  read: "read",
  absent: "not there",
  refused: "not allowed",
  too_large: "too large",
};

export const verdictWords = {
  holds: { word: "Holds", tone: "passed" },
  refuted: { word: "Refuted", tone: "failed" },
  cannot_be_checked: { word: "Cannot be checked", tone: "idle" },
} as const;

/** What would pass a gate that stopped the issue draft, by its key. */
const gateAdviceWords: Record<string, string> = {
  triage_summary: "Write a summary, or let triage finish.",
  durable_artifacts: "Let every phase finish: triage again.",
  research_performed: "Say why it likely happened, or name a source or a related issue.",
  validation_scope: "Give steps to reproduce, or the log lines that show it.",
  uncertainty_explicit: "Say how sure you are, or add notes.",
  bounded_action: "Give a recommended fix and acceptance criteria.",
  verification_steps: "Give at least one step that shows the fix works.",
  confidence: "The cause must be of medium or high confidence.",
  scope_identified: "Name the files or components concerned.",
  acceptance_criteria: "Give acceptance criteria.",
  risk_level: "The risk must be low or medium.",
  duplicate_clear: "It must not repeat a known failure.",
  tool_scope_available: "No tool scope may be missing.",
};

export function triageGateAdvice(key: string): string | undefined {
  return Object.hasOwn(gateAdviceWords, key) ? gateAdviceWords[key] : undefined;
}

/** Which form an issue draft follows, as a sentence. */
export function templateWords(source: string | null): string {
  if (source === null) return "It follows the built-in form.";
  if (source === "project") return "It follows the project's own template.";
  return `It follows the repository's form, ${source}.`;
}
