import { counted, listWords } from "@/components/drafts/draft-words";
import { ActionFailure } from "@/components/layout/action-failure";
import { Alert } from "@/components/ui/alert";
import { FieldDiff } from "./revision-section";
import type { SummaryFieldSpec } from "./summary-fields";
import type { FieldChange } from "./summary-form";

type SummaryReviewProps = {
  changes: readonly FieldChange[];
  /** Fields that somebody else changed while this was written. */
  meanwhile: readonly FieldChange[];
  approved: boolean;
  live: boolean;
  error: Error | null;
};

/** What saving would change, field by field, and what else it does, before anything is written. */
export function SummaryReview({ changes, meanwhile, approved, live, error }: SummaryReviewProps) {
  const both = meanwhile.filter(({ field }) => changes.some((change) => change.field.name === field.name));
  return (
    <>
      {error ? <ActionFailure what="The summary was not saved." error={error} /> : null}
      {approved ? (
        <Alert tone="waiting" title="Saving voids the approval where it changes what leaves.">
          The draft then has to be approved again before anything is sent.
        </Alert>
      ) : null}
      {live ? (
        <Alert tone="idle" title="A run is under way.">
          What you save lies over whatever it finds.
        </Alert>
      ) : null}
      {meanwhile.length > 0 ? (
        <Alert tone="waiting" title="The summary changed while you wrote.">
          {names(meanwhile)} {meanwhile.length === 1 ? "reads" : "read"} differently now.{" "}
          {both.length > 0
            ? `Saving writes your words over the new ones in: ${names(both)}.`
            : "You changed none of it, so it stays as it is now."}
        </Alert>
      ) : null}
      <p>{counted(changes.length, "field")} would change. The rest stays as it was found or written.</p>
      {changes.map((change) => (
        <FieldDiff
          key={change.field.name}
          label={change.field.label}
          before={shown(change.field, change.before)}
          after={shown(change.field, change.after)}
        />
      ))}
    </>
  );
}

const names = (changes: readonly FieldChange[]) => listWords(changes.map(({ field }) => field.label));

function shown(field: SummaryFieldSpec, words: string): string {
  if (field.kind !== "choice") return words;
  return field.options.find(({ value }) => value === words)?.label ?? words;
}
