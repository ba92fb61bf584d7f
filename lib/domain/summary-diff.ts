import { canonicalJson } from "./canonical-json";
import {
  type SummaryField,
  type SummaryOrigin,
  summaryFieldOrder,
  type TriageSummary,
} from "./triage-summary-fields";

/** One field that two revisions of a summary say differently. */
export type SummaryChange = {
  field: SummaryField;
  before: unknown;
  after: unknown;
  beforeOrigin: SummaryOrigin | null;
  afterOrigin: SummaryOrigin | null;
  /** Of a list: rows that only one of them has. */
  rows?: { added: unknown[]; removed: unknown[] };
};

/** What changed between two revisions, in the contract's order of fields; `before` null is the first. Origins alone are no change. */
export function diffSummaries(before: TriageSummary | null, after: TriageSummary): SummaryChange[] {
  return summaryFieldOrder.flatMap((field) => {
    const old = before ? before[field] : Array.isArray(after[field]) ? [] : null;
    const current = after[field];
    if (canonicalJson(old) === canonicalJson(current)) return [];
    return [
      {
        field,
        before: old,
        after: current,
        beforeOrigin: before?.origins[field] ?? null,
        afterOrigin: after.origins[field] ?? null,
        ...(Array.isArray(old) && Array.isArray(current) && { rows: rowChanges(old, current) }),
      },
    ];
  });
}

function rowChanges(before: readonly unknown[], after: readonly unknown[]) {
  const [old, current] = [before, after].map((rows) => new Set(rows.map((row) => canonicalJson(row))));
  return {
    added: after.filter((row) => !old?.has(canonicalJson(row))),
    removed: before.filter((row) => !current?.has(canonicalJson(row))),
  };
}
