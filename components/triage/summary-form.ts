import type { TriageSummaryInputWire, TriageSummaryWire } from "@/lib/contracts/triage";
import { type SummaryFieldName, type SummaryFieldSpec, summaryFields } from "./summary-fields";
import { entryText } from "./summary-text";

/** A row keeps an identity of its own while it is moved and written in; `entry` is the shaped value it stands for. */
export type FormRow = { id: number; text: string; entry?: unknown };
export type FormValue = string | FormRow[];
export type SummaryForm = Record<SummaryFieldName, FormValue>;

/** A summary as its form shows it. What was asked for counts, not what the gate made of it. */
export function formOf(summary: TriageSummaryWire): SummaryForm {
  let id = 0;
  const rows = (entries: readonly unknown[], shaped: boolean): FormRow[] =>
    entries.map((entry) => {
      id += 1;
      return shaped && typeof entry !== "string"
        ? { id, text: entryText(entry), entry }
        : { id, text: String(entry) };
    });
  return Object.fromEntries(
    summaryFields.map((field) => {
      const value = valueOf(summary, field.name);
      if (field.kind === "rows" || field.kind === "shaped") {
        return [field.name, rows(Array.isArray(value) ? value : [], field.kind === "shaped")];
      }
      return [field.name, choiceText(value)];
    }),
  ) as SummaryForm;
}

function valueOf(summary: TriageSummaryWire, name: SummaryFieldName): unknown {
  return name === "coder_ready" ? summary.coder_ready_gate.requested_coder_ready : summary[name];
}

function choiceText(value: unknown): string {
  if (value === true) return "yes";
  if (value === false) return "no";
  return typeof value === "string" ? value : "";
}

/** A field's words as they will be kept, for telling what changed and for showing it. */
export function wordsOf(value: FormValue): string {
  if (typeof value === "string") return value.trim();
  return filled(value)
    .map((row) => row.text.trim())
    .join("\n");
}

const filled = (rows: readonly FormRow[]) => rows.filter((row) => row.text.trim() !== "");

export type FieldChange = { field: SummaryFieldSpec; before: string; after: string };

/** Fields that read differently now, in the form's order. */
export function changesOf(before: SummaryForm, after: SummaryForm): FieldChange[] {
  return summaryFields.flatMap((field) => {
    const [was, is] = [wordsOf(before[field.name]), wordsOf(after[field.name])];
    return was === is ? [] : [{ field, before: was, after: is }];
  });
}

/** What is sent: changed fields alone, so that what was found and left alone stays what was found. */
export function inputOf(before: SummaryForm, after: SummaryForm): TriageSummaryInputWire {
  return Object.fromEntries(
    changesOf(before, after).map(({ field }) => [field.name, sentValue(field, after[field.name])]),
  );
}

function sentValue(field: SummaryFieldSpec, value: FormValue): unknown {
  if (typeof value !== "string") {
    return filled(value).map((row) => (row.entry === undefined ? row.text.trim() : row.entry));
  }
  const isFlag = field.name === "coder_ready" || field.name === "permissions_available";
  if (isFlag) return value === "" ? null : value === "yes";
  return value.trim();
}

/** What is wrong with a field as it stands; null when it can be saved. */
export function problemOf(field: SummaryFieldSpec, value: FormValue): string | null {
  if (typeof value === "string") {
    if (field.kind !== "text") return null;
    const text = value.trim();
    if (field.name === "suggested_title" && text === "") return "An issue needs a title";
    if (field.name === "what_happened" && text === "") return "Say what happened";
    return tooLong(text, field.max);
  }
  if (field.kind !== "rows" && field.kind !== "shaped") return null;
  const count = filled(value).length;
  if (count > field.rowsMax) return `At most ${field.rowsMax}; ${count - field.rowsMax} too many`;
  for (const [index, row] of value.entries()) {
    const long = row.entry === undefined ? tooLong(row.text.trim(), field.max) : null;
    if (long) return `${index + 1}: ${long.charAt(0).toLowerCase()}${long.slice(1)}`;
  }
  return null;
}

function tooLong(text: string, max: number): string | null {
  const over = text.length - max;
  return over > 0 ? `At most ${max.toLocaleString("en-GB")} characters; ${over} too many` : null;
}

export function problemsOf(form: SummaryForm): Partial<Record<SummaryFieldName, string>> {
  return Object.fromEntries(
    summaryFields.flatMap((field) => {
      const problem = problemOf(field, form[field.name]);
      return problem ? [[field.name, problem]] : [];
    }),
  );
}
