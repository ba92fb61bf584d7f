"use client";

import { Field } from "@/components/ui/field";
import { type FieldCheck, FieldChecks } from "@/components/ui/field-checks";
import { Input } from "@/components/ui/input";

type RepoFieldProps = {
  value: string | undefined;
  onChange: (repo: string | undefined) => void;
  /** What counts while it is empty; undefined: nothing does. */
  fallback?: string;
  /** Where the fallback is set: "the target repository of Sources". */
  from?: string;
  error?: string;
};

/** A repository as owner/repo, judged while it is typed. */
export function RepoField({ value, onChange, fallback, from, error }: RepoFieldProps) {
  const check = repoCheck(value, fallback, from);
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <Field
        label="Repository"
        note={from ? "(optional)" : undefined}
        error={error && !isRepo(value) ? undefined : error}
      >
        {(control) => (
          <Input
            {...control}
            mono
            aria-invalid={check.result === "fail" && value ? true : undefined}
            value={value ?? ""}
            placeholder={fallback ?? "owner/repo"}
            maxLength={300}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onChange(event.target.value || undefined)}
          />
        )}
      </Field>
      <FieldChecks checks={[check]} />
    </div>
  );
}

const isRepo = (repo: string | undefined) => {
  const halves = repo?.split("/") ?? [];
  return halves.length === 2 && halves.every((half) => half.trim() !== "");
};

/** What can be said of a repository as it stands. */
export function repoCheck(value: string | undefined, fallback?: string, from?: string): FieldCheck {
  const key = "repo";
  if (value) {
    return isRepo(value)
      ? {
          key,
          result: "pass",
          what: "Written as owner/repo.",
          detail: "Whether it exists shows when it is tested or sent to.",
        }
      : { key, result: "fail", what: "Not a repository.", detail: "Write owner/repo, with one slash." };
  }
  if (fallback) return { key, result: "pass", what: `${fallback},`, detail: `from ${from}` };
  const detail = from ? `Name one here, or as ${from}.` : "Nothing can be filed without one.";
  return { key, result: "fail", what: "No repository yet.", detail };
}
