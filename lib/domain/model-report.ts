import type { BudgetKind, ModelUsage } from "./model-budget";
import type { Reason } from "./reason";
import type { Evidence, Finding, LookedAt } from "./triage";

/** A statement for which no evidence holds; shown as such, and never among the findings. */
export type UnsupportedStatement = {
  statement: string;
  because: Array<{ cited: string; code: UnsupportedCode }>;
};
export type UnsupportedCode =
  | "nothing_cited"
  | "path_not_read"
  | "lines_not_read"
  | "commit_not_read"
  | "record_not_known"
  | "label_not_known";

/** Where the model and the rules differ. What the rules found is not changed by it. */
export type Disagreement = { about: "file" | "commit" | "risk"; deterministic: string; model: string };

/** What the model says once its evidence is checked. Every statement is of certainty `model`. */
export type ModelOpinion = {
  likelyCause: Finding | null;
  recommendedFix: Finding | null;
  findings: Finding[];
  fixPoints: Array<{ path: string; line: number | null; why: string }>;
  suspectCommit: string | null;
  reproduction: string[];
  acceptanceCriteria: string[];
  verificationSteps: string[];
  labels: string[];
  openQuestions: string[];
  unsupported: UnsupportedStatement[];
  disagreements: Disagreement[];
};

/** One request as it went out: SHA-256 of its body, and its size. */
export type SentRequest = { digest: string; bytes: number };

/** A tool the model asked for. `refused` names a tool there is not, or arguments that no read is made with. */
export type ToolUse = {
  tool: string;
  argument: string;
  outcome: LookedAt["outcome"] | "repeated";
  evidence: Evidence[];
};

export type ModelRun = {
  modelId: string;
  host: string;
  usage: ModelUsage;
  sent: SentRequest[];
  toolUses: ToolUse[];
};

/**
 * What came of it; a value, never a throw. `stopped` and `failed` keep the last opinion that was complete by then, if any.
 * Nothing in it carries the key.
 */
export type ModelAnalysis = ModelRun &
  (
    | { outcome: "analysed"; opinion: ModelOpinion }
    | { outcome: "stopped"; usedUp: BudgetKind | "cancelled"; opinion: ModelOpinion | null }
    | { outcome: "failed"; reason: Reason; opinion: ModelOpinion | null }
    | { outcome: "refused"; reasons: Reason[] }
  );
