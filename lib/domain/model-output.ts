import { schemaFaults } from "./json-schema";
import { type Reason, reason } from "./reason";
import type { Confidence, Evidence } from "./triage";

/** A statement as the model gives it; its evidence is not checked yet. */
export type ModelStatement = { statement: string; confidence: Confidence; evidence: Evidence[] };

/**
 * All that a model can say. There is no destination, approval, tool or status here, so that nothing it writes can change
 * one; `risk` serves only to show that it disagrees.
 */
export type ModelOutput = {
  likelyCause: ModelStatement;
  recommendedFix: ModelStatement;
  findings: ModelStatement[];
  fixPoints: Array<{ path: string; line: number | null; why: string }>;
  suspectCommit: string | null;
  risk: "low" | "medium" | "high" | null;
  reproduction: string[];
  acceptanceCriteria: string[];
  verificationSteps: string[];
  labels: string[];
  openQuestions: string[];
};

const levels = ["low", "medium", "high"];
const text = (maxLength: number) => ({ type: "string", minLength: 1, maxLength });
const nullable = (schema: Record<string, unknown>) => ({ anyOf: [schema, { type: "null" }] });
const texts = { type: "array", maxItems: 12, items: text(400) };
const line = { type: "integer", minimum: 1, maximum: 10_000_000 };

const recordKinds = ["incident", "draft", "receipt", "memory"] as const;
type RecordKind = (typeof recordKinds)[number];

const evidenceForm = (kinds: readonly string[], fields: Record<string, unknown>) => ({
  type: "object",
  required: ["kind", ...Object.keys(fields)],
  properties: { kind: { enum: kinds }, ...fields },
});
const evidence = {
  type: "array",
  maxItems: 8,
  items: {
    anyOf: [
      evidenceForm(["code"], { path: text(400), from_line: line, to_line: line }),
      evidenceForm(["commit"], { hash: text(64) }),
      evidenceForm(["report"], { field: { enum: ["title", "detail", "excerpt"] } }),
      evidenceForm(recordKinds, { id: text(200) }),
      evidenceForm(["log", "issue"], { reference: text(400) }),
    ],
  },
};
const statement = {
  type: "object",
  required: ["statement", "confidence", "evidence"],
  properties: { statement: text(1_200), confidence: { enum: levels }, evidence },
};

/** JSON Schema of the answer, as it is shown to the model and as its answer is judged. Members besides these are dropped. */
export const modelOutputSchema = {
  type: "object",
  // Named once: it goes out with every call, and is paid for by the token.
  $defs: { statement, texts },
  required: ["likely_cause", "recommended_fix", "findings"],
  properties: {
    likely_cause: { $ref: "#/$defs/statement" },
    recommended_fix: { $ref: "#/$defs/statement" },
    findings: { type: "array", maxItems: 12, items: { $ref: "#/$defs/statement" } },
    fix_points: {
      type: "array",
      maxItems: 12,
      items: {
        type: "object",
        required: ["path", "line", "why"],
        properties: { path: text(400), line: nullable(line), why: text(400) },
      },
    },
    suspect_commit: nullable(text(64)),
    risk: nullable({ enum: levels }),
    reproduction: { $ref: "#/$defs/texts" },
    acceptance_criteria: { $ref: "#/$defs/texts" },
    verification_steps: { $ref: "#/$defs/texts" },
    labels: { type: "array", maxItems: 12, items: text(60) },
    open_questions: { $ref: "#/$defs/texts" },
  },
};

export type ReadOutput = { ok: true; output: ModelOutput } | { ok: false; reason: Reason };

/** An answer beyond this is not looked at: the schema's own limits sum up to less. */
const outputCharMax = 100_000;

/** The answer as a value, or what is wrong with it; the reason's words can be shown to the model for its one repair. */
export function readModelOutput(answer: string): ReadOutput {
  if (answer.length > outputCharMax) {
    const words = `The answer is ${answer.length} characters long; the limit is ${outputCharMax}.`;
    return { ok: false, reason: reason("output_too_long", words) };
  }
  const value = parseObject(answer);
  if (!value) return { ok: false, reason: reason("output_not_json", "The answer is not one JSON object.") };
  const faults = schemaFaults(modelOutputSchema, value);
  if (faults.length > 0) {
    const words = faults.slice(0, 8).map(({ path, message }) => `${path || "it"} ${message}`);
    return { ok: false, reason: reason("output_not_valid", `The answer does not fit: ${words.join("; ")}.`) };
  }
  return { ok: true, output: outputFrom(value as Answer) };
}

/** The whole text, or all of it inside one Markdown fence: models add those unasked. Anything more is prose. */
function parseObject(answer: string): Record<string, unknown> | null {
  const fenced = /^\s*```(?:json)?\s*\n([\s\S]*)\n\s*```\s*$/i.exec(answer);
  try {
    const value: unknown = JSON.parse(fenced?.[1] ?? answer);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** What has passed the schema. */
type CitedEvidence = {
  kind: Evidence["kind"];
  path?: string;
  from_line?: number;
  to_line?: number;
  hash?: string;
  field?: "title" | "detail" | "excerpt";
  id?: string;
  reference?: string;
};
type Statement = { statement: string; confidence: Confidence; evidence: CitedEvidence[] };
type Answer = {
  likely_cause: Statement;
  recommended_fix: Statement;
  findings: Statement[];
  fix_points?: Array<{ path: string; line: number | null; why: string }>;
  suspect_commit?: string | null;
  risk?: "low" | "medium" | "high" | null;
  reproduction?: string[];
  acceptance_criteria?: string[];
  verification_steps?: string[];
  labels?: string[];
  open_questions?: string[];
};

/** Member by member: what is not named here does not get through. */
function outputFrom(answer: Answer): ModelOutput {
  return {
    likelyCause: statementFrom(answer.likely_cause),
    recommendedFix: statementFrom(answer.recommended_fix),
    findings: answer.findings.map(statementFrom),
    fixPoints: (answer.fix_points ?? []).map(({ path, line: at, why }) => ({ path, line: at, why })),
    suspectCommit: answer.suspect_commit ?? null,
    risk: answer.risk ?? null,
    reproduction: [...(answer.reproduction ?? [])],
    acceptanceCriteria: [...(answer.acceptance_criteria ?? [])],
    verificationSteps: [...(answer.verification_steps ?? [])],
    labels: [...(answer.labels ?? [])],
    openQuestions: [...(answer.open_questions ?? [])],
  };
}

const statementFrom = (given: Statement): ModelStatement => ({
  statement: given.statement,
  confidence: given.confidence,
  evidence: given.evidence.map(evidenceFrom),
});

function evidenceFrom(cited: CitedEvidence): Evidence {
  switch (cited.kind) {
    case "code": {
      const [from, to] = [cited.from_line ?? 1, cited.to_line ?? 1];
      return {
        kind: "code",
        path: cited.path ?? "",
        fromLine: Math.min(from, to),
        toLine: Math.max(from, to),
      };
    }
    case "commit":
      return { kind: "commit", hash: (cited.hash ?? "").toLowerCase() };
    case "report":
      return { kind: "report", field: cited.field ?? "title" };
    case "log":
      return { kind: "log", reference: cited.reference ?? "" };
    case "issue":
      return { kind: "issue", reference: cited.reference ?? "", url: null };
    default:
      return { kind: cited.kind satisfies RecordKind, id: cited.id ?? "" };
  }
}
