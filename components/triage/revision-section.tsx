import { Disclosure } from "@/components/drafts/disclosure";
import { listWords } from "@/components/drafts/draft-words";
import { Diff } from "@/components/layout/diff";
import { lineDiff } from "@/components/layout/line-diff";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import type { TriageReviewWire } from "@/lib/contracts/triage-review";
import { summaryLabel } from "./summary-fields";
import { entryText } from "./summary-text";

type Revision = TriageReviewWire["revisions"][number];

/** Who changed what of the summary and when, the newest first; nothing is ever taken off it. */
export function RevisionSection({ revisions }: { revisions: readonly Revision[] }) {
  if (revisions.length === 0) return null;
  return (
    <Section title="Edits of the summary" count={revisions.length}>
      <ol className="-mt-1">
        {revisions.map((revision) => (
          <li key={revision.revision} className="border-b border-border py-1.5 last:border-b-0">
            <p className="flex flex-wrap items-baseline gap-x-2">
              <b className="font-medium">{revision.actor.name}</b>
              <span className="min-w-0 break-words">{changedWords(revision)}</span>
              <RelativeTime
                value={revision.created_at_ms}
                className="ml-auto text-12 text-muted-foreground"
              />
            </p>
            {revision.changes.length > 0 ? (
              <Disclosure summary="What changed">
                <div className="flex flex-col gap-2 pt-1">
                  {revision.changes.map((change) => (
                    <FieldDiff
                      key={change.field}
                      label={summaryLabel(change.field)}
                      before={linesOf(change.before)}
                      after={linesOf(change.after)}
                    />
                  ))}
                </div>
              </Disclosure>
            ) : null}
          </li>
        ))}
      </ol>
    </Section>
  );
}

function changedWords({ changes }: Revision): string {
  if (changes.length === 0) return "saved it as it was";
  const names = changes.map((change) => summaryLabel(change.field).toLowerCase());
  const shown = names.length > 3 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  return `changed ${listWords(shown)}`;
}

function linesOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(entryText).join("\n");
  return entryText(value);
}

type FieldDiffProps = { label: string; before: string; after: string };

/** One field as it was and as it is, line by line; unchanged lines are left out. */
export function FieldDiff({ label, before, after }: FieldDiffProps) {
  const lines = lineDiff(before, after).filter(
    (line) => line.kind !== "same" && !(line.text === "" && (before === "" || after === "")),
  );
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <h3 className="text-12 font-medium text-muted-foreground">{label}</h3>
      <Diff
        label={`What changed: ${label}`}
        lines={lines}
        className="relative max-h-60 overflow-y-auto [&_li]:grid-cols-[28px_14px_minmax(0,1fr)]! [&_li]:break-words [&_li]:whitespace-pre-wrap [&>ol]:min-w-0"
      />
    </div>
  );
}
