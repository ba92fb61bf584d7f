import { Diff } from "@/components/layout/diff";
import { type DiffLine, lineDiff } from "@/components/layout/line-diff";
import { Badge } from "@/components/ui/badge";
import { usePeople } from "@/lib/queries/people";
import type { Change } from "./described";

/** Ids of people in what is said, by the names of those who have them. */
function useSaid(): (text: string) => string {
  const { find } = usePeople();
  return (text) => text.replace(/\buser-[0-9a-f]{8,}\b/g, (id) => find(id)?.name ?? id);
}

/** What saving changes, in words: row by row, was and becomes. */
export function ChangeList({ changes }: { changes: readonly Change[] }) {
  const said = useSaid();
  return (
    <ul className="flex flex-col gap-4">
      {changes.map((change) => (
        <li key={change.key} className="flex flex-col gap-1">
          <p className="flex flex-wrap items-baseline gap-x-2">
            {change.subjectKind ? <span className="text-muted-foreground">{change.subjectKind}</span> : null}
            <b className="font-semibold break-all">{change.subject}</b>
            {change.kind === "added" ? <Badge variant="edited">new</Badge> : null}
            {change.kind === "removed" ? (
              <Badge className="border-destructive text-destructive">removed</Badge>
            ) : null}
          </p>
          {change.kind === "removed" ? null : (
            <dl className="flex flex-col border-l border-border-strong pl-3">
              {change.fields.map((field) => (
                <div
                  key={field.label}
                  className="grid grid-cols-1 gap-x-3 py-0.5 sm:grid-cols-[152px_minmax(0,1fr)]"
                >
                  <dt className="text-12 leading-5 text-muted-foreground">{field.label}</dt>
                  <dd className="min-w-0 break-words">
                    <Step
                      label={field.label}
                      before={said(field.before)}
                      after={said(field.after)}
                      isNew={change.kind === "added"}
                    />
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </li>
      ))}
    </ul>
  );
}

/** A text that was not there has no empty line to be removed. */
function linesBetween(before: string, after: string): DiffLine[] {
  return lineDiff(before, after).filter(
    ({ kind, text }) => !(text === "" && (kind === "del" ? before : after) === ""),
  );
}

type StepProps = { label: string; before: string; after: string; isNew: boolean };

/** A text of several lines as its difference, anything else as was and becomes. */
function Step({ label, before, after, isNew }: StepProps) {
  if (`${before}${after}`.includes("\n")) return <Diff label={label} lines={linesBetween(before, after)} />;
  if (isNew) return <span className="font-medium">{after}</span>;
  return (
    <>
      <span className="sr-only">was </span>
      {before ? (
        <del className="text-muted-foreground">{before}</del>
      ) : (
        <span className="text-muted-foreground">not set</span>
      )}
      <span aria-hidden className="px-1.5 text-muted-foreground">
        →
      </span>
      <span className="sr-only"> becomes </span>
      <ins className="font-medium no-underline">{after || "not set"}</ins>
    </>
  );
}
