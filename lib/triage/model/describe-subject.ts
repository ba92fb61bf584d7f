import type { CodeWindow, Finding, PhaseArtifacts, SimilarRecord, SuspectCommit } from "@/lib/domain/triage";
import type { ModelInput } from "./model-analysis";
import type { ReadLedger } from "./read-ledger";
import { isSecretPath } from "./tool-requests";
import { cleanLine, cleanRows, codeRows, type Fence, fenceText } from "./untrusted-text";

const windowCountMax = 6;
const windowCharMax = 3_500;
const suspectCountMax = 6;
const similarCountMax = 10;
const rowCharMax = 400;
/** Neighbours of the log and references that may be cited. */
const referenceCountMax = 30;

type Known = Pick<ModelInput, "subject" | "found">;

/**
 * The first message: the report and what the rules found, each part fenced and bounded. Notes in the ledger exactly what is
 * in it, so that only this can be cited.
 */
export function describeSubject({ subject, found }: Known, fence: Fence, ledger: ReadLedger): string {
  ledger.noteRecord("incident", subject.incidentId);
  ledger.noteRecord("draft", subject.draftId);
  const parts = [
    "A failure was reported. What is known of it:",
    fenceText(fence, "report", cleanRows(fence, reportRows(subject)).join("\n"), 6_000),
    fenceText(fence, "report, detail", subject.detail, 8_000),
    fenceText(fence, "report, excerpt of the log", subject.excerpt.join("\n"), 8_000),
    ...framesPart(found, fence),
    ...(found.inspect?.windows ?? [])
      .filter((window) => !isSecretPath(window.path))
      .slice(0, windowCountMax)
      .map((window) => windowPart(window, fence, ledger)),
    ...referencesPart({ subject, found }, fence, ledger),
    ...(found.research?.history.suspects ?? [])
      .slice(0, suspectCountMax)
      .map((suspect) => suspectPart(suspect, fence, ledger)),
    ...similarPart(found.research?.similar ?? [], fence, ledger),
    ...findingsPart(found, fence),
    ...proposalPart(found, fence),
    "Find the cause. Read what is missing, then answer.",
  ];
  return parts.join("\n\n");
}

function reportRows(subject: ModelInput["subject"]): string[] {
  const environment = Object.entries(subject.environment).slice(0, 20);
  return [
    `title: ${subject.title}`,
    `repository: ${subject.repo}`,
    `event: ${subject.eventType}`,
    `component: ${subject.component ?? "unknown"}`,
    `level: ${subject.level ?? "unknown"}`,
    `first seen: ${timeWords(subject.firstSeenAtMs)}, last seen: ${timeWords(subject.lastSeenAtMs)}`,
    `last time it was known to work: ${subject.lastGoodAtMs === null ? "unknown" : timeWords(subject.lastGoodAtMs)}`,
    `incident: ${subject.incidentId}, draft: ${subject.draftId}`,
    ...environment.map(([name, value]) => `${name}: ${value}`),
  ];
}

function framesPart({ inspect }: Partial<PhaseArtifacts>, fence: Fence): string[] {
  const rows = (inspect?.frames ?? []).slice(0, 30).map((frame) => {
    const place = frame.path ? `${frame.path}:${frame.line ?? "?"}` : frame.state;
    return cleanLine(fence, `${frame.depth}: ${frame.text} (${frame.origin}, ${place})`, rowCharMax);
  });
  return rows.length > 0 ? [fenceText(fence, "frames of the trace", rows.join("\n"), 8_000)] : [];
}

function windowPart(window: CodeWindow, fence: Fence, ledger: ReadLedger): string {
  const { rows, toLine } = codeRows(fence, window.lines, window.fromLine, windowCharMax);
  ledger.noteCode(window.path, window.fromLine, toLine);
  const focus = window.focusLine === null ? "" : `, the trace names line ${window.focusLine}`;
  const head = `path: ${window.path}${focus}`;
  return fenceText(fence, "code", [head, ...rows].join("\n"), windowCharMax * 2);
}

function referencesPart({ subject, found }: Known, fence: Fence, ledger: ReadLedger): string[] {
  const references = [...new Set([...subject.evidenceRefs, ...(found.inspect?.logNeighbours ?? [])])]
    .filter((reference) => reference.length <= rowCharMax)
    .slice(0, referenceCountMax);
  for (const reference of references) ledger.noteLog(reference);
  const mentions = (found.inspect?.mentions ?? [])
    .slice(0, 20)
    .map((each) =>
      cleanLine(fence, `${each.path}:${each.line ?? "?"} ${each.because}: ${each.text}`, rowCharMax),
    );
  const rows = [...references.map((reference) => `log reference: ${reference}`), ...mentions];
  return rows.length > 0 ? [fenceText(fence, "references", rows.join("\n"), 24_000)] : [];
}

function suspectPart(suspect: SuspectCommit, fence: Fence, ledger: ReadLedger): string {
  ledger.noteCommit(suspect.hash);
  const changes = suspect.changes
    .filter(({ path }) => !isSecretPath(path))
    .flatMap((change) => [
      `${change.path}, from line ${change.fromLine}`,
      ...change.removed.map((line) => `- ${line}`),
      ...change.added.map((line) => `+ ${line}`),
    ]);
  const rows = [
    `commit: ${suspect.hash}`,
    `author: ${suspect.author}, committed: ${timeWords(suspect.committedAtMs)}`,
    `subject: ${suspect.subject}`,
    `rank ${suspect.rank} by rules: ${suspect.because.join(", ")}`,
    ...changes.slice(0, 60),
  ];
  return fenceText(fence, "suspect commit", cleanRows(fence, rows).join("\n"), 3_000);
}

function similarPart(similar: readonly SimilarRecord[], fence: Fence, ledger: ReadLedger): string[] {
  const rows = similar.slice(0, similarCountMax).map((record) => {
    if (record.kind === "issue") ledger.noteIssue(record.id, record.url);
    else ledger.noteRecord(record.kind, record.id);
    const words = `${record.kind} ${record.id}: ${record.title} (${record.match}; ${record.outcome ?? "open"})`;
    return cleanLine(fence, words, rowCharMax);
  });
  return rows.length > 0 ? [fenceText(fence, "similar records", rows.join("\n"), 6_000)] : [];
}

function findingsPart(
  { inspect, research, validate, propose }: Partial<PhaseArtifacts>,
  fence: Fence,
): string[] {
  const words = (finding: Finding, verdict = "") =>
    cleanLine(
      fence,
      `${finding.certainty}, ${finding.confidence}${verdict}: ${finding.statement}`,
      rowCharMax,
    );
  const rows = [
    ...[inspect, research, validate, propose]
      .flatMap((phase) => phase?.findings ?? [])
      .slice(0, 30)
      .map((each) => words(each)),
    ...(validate?.claims ?? []).slice(0, 20).map((claim) => words(claim, `, ${claim.verdict}`)),
    ...(validate?.contradictions ?? [])
      .slice(0, 10)
      .map((each) => cleanLine(fence, `contradiction: ${each}`, rowCharMax)),
  ];
  return rows.length > 0 ? [fenceText(fence, "findings of the rules", rows.join("\n"), 10_000)] : [];
}

function proposalPart({ propose }: Partial<PhaseArtifacts>, fence: Fence): string[] {
  if (!propose) return [];
  const rows = [
    `likely cause: ${propose.likelyCause}`,
    `recommended fix: ${propose.recommendedFix}`,
    `risk: ${propose.riskLevel}; ${propose.blastRadius}`,
    ...propose.fixPoints.slice(0, 10).map((each) => `fix at ${each.path}:${each.line ?? "?"}: ${each.why}`),
  ];
  return [fenceText(fence, "proposal of the rules", rows.join("\n"), 4_000)];
}

const timeWords = (atMs: number) => {
  const time = new Date(atMs);
  return Number.isNaN(time.getTime()) ? "unknown" : time.toISOString();
};
