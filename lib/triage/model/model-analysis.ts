import type { ModelBudget } from "@/lib/domain/model-budget";
import type { LookedAt, PhaseArtifacts, SimilarRecord, TriageSubject } from "@/lib/domain/triage";
import type { SafeFetch } from "@/lib/net/safe-fetch";
import type { UrlPolicy } from "@/lib/net/url-policy";

/** Where the model is and how it is reached. From the host's settings, never from what is analysed (D-34). */
export type ModelAccess = {
  /** Up to and without `/chat/completions`. */
  baseUrl: string;
  policy: UrlPolicy;
  /** The secret itself, resolved by the caller. Stays in the one header that needs it. */
  key: string;
  modelId: string;
  /** What the endpoint calls the longest answer; newer reasoning models refuse `max_tokens`, older servers know nothing else. */
  outputLimitName?: "max_tokens" | "max_completion_tokens";
};

export type ModelInput = {
  subject: TriageSubject;
  /** What triage found without a model; it stays first whatever the model says. */
  found: Partial<PhaseArtifacts>;
  /** Labels outside it are dropped. */
  labelVocabulary: readonly string[];
};

/** A read that did not work, in the words of a phase's own account. */
export type NotRead = { ok: false; outcome: Exclude<LookedAt["outcome"], "read">; note: string };

export type CommitText = {
  hash: string;
  author: string;
  committedAtMs: number;
  message: string;
  changes: Array<{ path: string; fromLine: number; removed: string[]; added: string[] }>;
};

/** All that the model can cause to happen: four reads inside the project. They may throw; each is given up with the signal. */
export type ModelPorts = {
  readCode: (
    path: string,
    fromLine: number,
    toLine: number,
    signal: AbortSignal,
  ) => Promise<{ ok: true; fromLine: number; lines: string[] } | NotRead>;
  searchCode: (
    text: string,
    signal: AbortSignal,
  ) => Promise<{ ok: true; hits: Array<{ path: string; line: number; text: string }> } | NotRead>;
  readCommit: (hash: string, signal: AbortSignal) => Promise<({ ok: true } & CommitText) | NotRead>;
  listSimilar: (signal: AbortSignal) => Promise<{ ok: true; records: SimilarRecord[] } | NotRead>;
};

export type ModelDeps = {
  access: ModelAccess;
  fetch: SafeFetch;
  ports: ModelPorts;
  /** Hides secrets. Best with as many lines out as in: code whose line count changes is sent without line numbers. */
  redact: (text: string) => string;
  /** Random, new for each run, 16 to 64 letters and digits: nothing written before the run can contain it. */
  boundary: string;
  nowMs: () => number;
};

export type ModelLimits = { budget: ModelBudget; signal: AbortSignal };

export type {
  Disagreement,
  ModelAnalysis,
  ModelOpinion,
  SentRequest,
  ToolUse,
  UnsupportedCode,
  UnsupportedStatement,
} from "@/lib/domain/model-report";
