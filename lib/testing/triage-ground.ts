import type { ReadCode } from "@/lib/domain/read-code";
import type { Proposal, Validation } from "@/lib/domain/triage";
import { checkClaims, meaningOf, reportedLines } from "@/lib/domain/triage-claims";
import { proposeFix } from "@/lib/domain/triage-proposal";
import type { TriageCase } from "./triage-cases";

/** A case's files as if all of them had been read. */
export const codeOf = ({ files }: TriageCase): ReadCode =>
  new Map(
    Object.entries(files).map(([path, text]) => {
      const rows = text.replace(/\n$/, "").split("\n");
      return [path, { path, lines: new Map(rows.map((row, at) => [at + 1, row])), lastLine: rows.length }];
    }),
  );

/** What validation says of a case, without reading a file. */
export function validationOf(given: TriageCase, code: ReadCode = codeOf(given)): Validation {
  const { subject, inspection, research } = given;
  const reported = reportedLines(subject);
  const meaning = meaningOf(subject, reported);
  return { lookedAt: [], ...checkClaims({ subject, inspection, research, code, meaning, reported }) };
}

export const proposalOf = (given: TriageCase, validation = validationOf(given)): Proposal =>
  proposeFix({ subject: given.subject, inspection: given.inspection, research: given.research, validation });
