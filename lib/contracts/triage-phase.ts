import { z } from "zod";

// What the phases of a triage run leave (domain/triage.ts), as an external agent hands it in and as a run shows it. Bounded
// here; what is in it is never trusted.

export const triagePhases = ["inspect", "research", "validate", "propose"] as const;

const line = z.string().max(1_000);
const words = z.string().max(4_000);
const path = z.string().max(1_000);
const lineNumber = z.int().min(0).max(100_000_000);
const confidence = z.enum(["high", "medium", "low"]);
const ms = z.int().min(0);
const listOf = <Item extends z.ZodType>(item: Item, max: number) => z.array(item).max(max).default([]);

/** Where a statement can be checked. Paths are relative to the project's root; lines count from 1. */
export const triageEvidenceSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("report"), field: z.enum(["title", "detail", "excerpt"]) }),
  z.object({ kind: z.literal("code"), path, from_line: lineNumber, to_line: lineNumber }),
  z.object({ kind: z.literal("commit"), hash: line }),
  z.object({ kind: z.literal("log"), reference: line }),
  z.object({ kind: z.enum(["incident", "draft", "receipt", "memory"]), id: line }),
  z.object({ kind: z.literal("issue"), reference: line, url: line.nullable().default(null) }),
]);

/** One statement. Facts were read, inferences follow by the rule named, and `model` is somebody's opinion. */
export const triageFindingSchema = z.object({
  rule: z.string().max(200).default("agent"),
  certainty: z.enum(["fact", "inference", "model"]).default("model"),
  confidence,
  statement: words.min(1),
  evidence: listOf(triageEvidenceSchema, 30),
});

const lookedAt = z.object({
  what: line,
  outcome: z.enum(["read", "absent", "refused", "too_large"]),
  note: line.optional(),
});
const frame = z.object({
  text: line,
  depth: lineNumber,
  origin: z.enum(["app", "library", "runtime"]),
  function: line.nullable().default(null),
  reported_path: path.nullable().default(null),
  line: lineNumber.nullable().default(null),
  state: z.enum([
    ...([
      "resolved",
      "not_found",
      "several",
      "outside_root",
      "unreadable",
      "not_looked_for",
      "no_root",
    ] as const),
  ]),
  path: path.nullable().default(null),
  mapped_from: z.object({ path, line: lineNumber, column: lineNumber }).optional(),
});
const codeWindow = z.object({
  path,
  language: line.nullable().default(null),
  from_line: lineNumber,
  focus_line: lineNumber.nullable().default(null),
  lines: listOf(z.string().max(2_000), 200),
  enclosing: z
    .object({ name: line, kind: z.enum(["function", "class"]), from_line: lineNumber, to_line: lineNumber })
    .nullable()
    .default(null),
});
const mention = z.object({
  path,
  line: lineNumber.nullable().default(null),
  because: z.enum(["named_in_report", "names_component", "message_literal", "locks_dependency"]),
  text: line,
});

export const inspectionSchema = z.object({
  looked_at: listOf(lookedAt, 200),
  frames: listOf(frame, 200),
  windows: listOf(codeWindow, 50),
  mentions: listOf(mention, 200),
  log_neighbours: listOf(line, 100),
  findings: listOf(triageFindingSchema, 100),
});

const commit = {
  hash: z.string().max(100),
  author: line,
  authored_at_ms: ms,
  committed_at_ms: ms,
  subject: line,
};
const changedLines = listOf(z.string().max(2_000), 200);
const suspect = z.object({
  ...commit,
  rank: z.int().min(1),
  score: z.number(),
  confidence,
  because: listOf(line, 20),
  changes: listOf(
    z.object({
      path,
      from_line: lineNumber,
      to_line: lineNumber,
      removed: changedLines,
      added: changedLines,
    }),
    50,
  ),
});
const similarRecord = z.object({
  kind: z.enum(["incident", "draft", "receipt", "memory", "issue"]),
  id: line,
  title: line,
  match: z.enum([
    ...([
      "same_fingerprint",
      "same_exception_and_frames",
      "same_exception",
      "similar_words",
      "same_marker",
    ] as const),
  ]),
  score: z.number(),
  occurrence_count: z.int().min(0).nullable().default(null),
  last_seen_at_ms: ms.nullable().default(null),
  outcome: line.nullable().default(null),
  url: line.nullable().default(null),
});

/** One issue destination of the draft, asked whether the failure was filed there before. Texts are the tracker's and foreign. */
const filedBefore = z.object({
  destination_id: line,
  kind: z.string().max(100),
  target_ref: line.nullable().default(null),
  asked: z.enum(["markers", "titles"]),
  not_asked: z
    .object({ code: z.string().max(200), message: line })
    .nullable()
    .default(null),
  comments_on_open: z.boolean().default(false),
  issues: listOf(
    z.object({
      match: z.enum(["own_receipt", "same_marker", "same_title"]),
      reference: line,
      title: line,
      url: line.nullable().default(null),
      state: z.enum(["open", "closed"]),
    }),
    20,
  ),
});

export const researchSchema = z.object({
  looked_at: listOf(lookedAt, 200),
  history: z
    .object({
      state: z.enum(["read", "no_repository", "shallow", "unreadable", "no_root", "git_missing"]),
      head: z.object(commit).nullable().default(null),
      suspects: listOf(suspect, 20),
      blamed: listOf(z.object({ path, line: lineNumber, hash: z.string().max(100) }), 500),
    })
    .default({ state: "unreadable", head: null, suspects: [], blamed: [] }),
  similar: listOf(similarRecord, 100),
  filed_before: z.array(filedBefore).max(20).optional(),
  findings: listOf(triageFindingSchema, 100),
});

export const validationSchema = z.object({
  looked_at: listOf(lookedAt, 200),
  claims: listOf(
    triageFindingSchema.extend({ verdict: z.enum(["holds", "refuted", "cannot_be_checked"]) }),
    100,
  ),
  contradictions: listOf(words, 50),
  confidence: confidence.default("low"),
  confidence_because: listOf(line, 30),
  findings: listOf(triageFindingSchema, 100),
});

export const fixProposalSchema = z.object({
  looked_at: listOf(lookedAt, 200),
  likely_cause: words,
  recommended_fix: words,
  fix_points: listOf(z.object({ path, line: lineNumber.nullable().default(null), why: line }), 50),
  reproduction: listOf(words, 20),
  acceptance_criteria: listOf(words, 20),
  verification_steps: listOf(words, 20),
  risk_level: z.enum(["low", "medium", "high"]).default("medium"),
  blast_radius: words.default(""),
  labels: listOf(z.string().max(100), 20),
  patch: z
    .object({ path, rule: line, removed: changedLines, added: changedLines, from_line: lineNumber })
    .nullable()
    .default(null),
  findings: listOf(triageFindingSchema, 100),
});

export type InspectionWire = z.infer<typeof inspectionSchema>;
export type ResearchWire = z.infer<typeof researchSchema>;
export type ValidationWire = z.infer<typeof validationSchema>;
export type FixProposalWire = z.infer<typeof fixProposalSchema>;
