import { type DiffLine, lineDiff } from "@/components/layout/line-diff";

/** A setting in words. An empty value means that it is not set. */
export type DescribedField = { label: string; value: string };
/** A row of a list, or a group of settings, in words. */
export type DescribedRow = { id: string; kind: string; title: string; fields: DescribedField[] };

export type Change = {
  key: string;
  kind: "added" | "removed" | "changed";
  /** "Route", "Destination"; empty for settings that are no rows. */
  subjectKind: string;
  subject: string;
  fields: { label: string; before: string; after: string }[];
};

/** What differs between two descriptions, row by row. */
export function describeChanges(before: readonly DescribedRow[], after: readonly DescribedRow[]): Change[] {
  const old = new Map(before.map((row) => [row.id, row]));
  const current = new Map(after.map((row) => [row.id, row]));
  const changed = after.flatMap((row): Change[] => {
    const known = old.get(row.id);
    if (!known) return [wholeRow("added", row)];
    const fields = changedFields(known.fields, row.fields);
    if (fields.length === 0) return [];
    return [{ key: row.id, kind: "changed", subjectKind: row.kind, subject: row.title, fields }];
  });
  const removed = before.filter((row) => !current.has(row.id)).map((row) => wholeRow("removed", row));
  const found = [...changed, ...removed];
  return [
    ...found,
    ...movedRows(before, after).filter(({ of }) => !found.some((one) => one.subjectKind === of)),
  ].map(({ of: _of, ...change }: Change & { of?: string }) => change);
}

/** Kinds whose rows are the same and stand in another order: routes of one priority go by it. */
function movedRows(
  before: readonly DescribedRow[],
  after: readonly DescribedRow[],
): (Change & { of: string })[] {
  const kinds = [...new Set(after.map(({ kind }) => kind))].filter(Boolean);
  return kinds.flatMap((of) => {
    const titles = (rows: readonly DescribedRow[]) =>
      listWords(rows.filter(({ kind }) => kind === of).map(({ title }) => title));
    const field = { label: "Order", before: titles(before), after: titles(after) };
    if (field.before === field.after) return [];
    const subject = `${of.toLowerCase()}s`;
    return [{ of, key: `order:${of}`, kind: "changed", subjectKind: "Order of", subject, fields: [field] }];
  });
}

function wholeRow(kind: "added" | "removed", row: DescribedRow): Change {
  const set = row.fields.filter((field) => field.value !== "");
  const fields = set.map(({ label, value }) =>
    kind === "added" ? { label, before: "", after: value } : { label, before: value, after: "" },
  );
  return { key: row.id, kind, subjectKind: row.kind, subject: row.title, fields };
}

function changedFields(before: readonly DescribedField[], after: readonly DescribedField[]) {
  const old = new Map(before.map((field) => [field.label, field.value]));
  const current = new Map(after.map((field) => [field.label, field.value]));
  return [...new Set([...old.keys(), ...current.keys()])]
    .map((label) => ({ label, before: old.get(label) ?? "", after: current.get(label) ?? "" }))
    .filter((field) => field.before !== field.after);
}

/** "1 unsaved change"; a changed field counts once, a new or removed row counts once. */
export function countChanges(changes: readonly Change[]): number {
  return changes.reduce((sum, change) => sum + (change.kind === "changed" ? change.fields.length : 1), 0);
}

/** Theirs against mine, as lines a person reads; rows that agree are left out. */
export function describedDiff(theirs: readonly DescribedRow[], mine: readonly DescribedRow[]): DiffLine[] {
  const differing = new Set(describeChanges(theirs, mine).map((change) => change.key));
  const text = (rows: readonly DescribedRow[]) => rows.filter((row) => differing.has(row.id)).map(rowText);
  return lineDiff(text(theirs).join("\n"), text(mine).join("\n"));
}

function rowText(row: DescribedRow): string {
  const fields = row.fields.filter((field) => field.value !== "");
  const lines = fields.map(({ label, value }) => `  ${label.toLowerCase()}: ${value}`);
  return [`${row.kind} ${row.title}`.trim(), ...lines].join("\n");
}

export const yesNo = (value: boolean) => (value ? "yes" : "no");
export const listWords = (values: readonly string[]) => values.join(", ");
/** Something whose inside is not ours, in one line. */
export const jsonWords = (value: unknown) =>
  value === undefined ? "" : typeof value === "boolean" ? yesNo(value) : JSON.stringify(value);
