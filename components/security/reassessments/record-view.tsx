import Link from "next/link";
import { Fact, Facts } from "@/components/layout/facts";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { SeverityLabel } from "@/components/state/severity-label";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import type { ReassessmentFindingWire, ReassessmentRecordWire } from "@/lib/contracts/reassessment";
import { cardPath, reassessmentsPath } from "@/lib/paths";
import { useNames } from "@/lib/queries/names";
import { aboutWords, evidenceWords, findingWords, scopeWords, triggerWords } from "./reassessment-words";

type RecordViewProps = { record: ReassessmentRecordWire; records: readonly ReassessmentRecordWire[] };

/** One record against the one before: what is new, still there and gone, and every cause that led to it. */
export function RecordView({ record, records }: RecordViewProps) {
  const { comparison, findings, resolved } = record;
  const hasPrevious = records.some((each) => each.record_id === comparison.previous_record_id);
  const of = (status: ReassessmentFindingWire["status"]) => findings.filter((each) => each.status === status);
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <div className="flex flex-col gap-3">
        <h2 className="text-16 font-semibold">
          {scopeWords(record.scope_key)}, version {record.version}
        </h2>
        <Facts>
          <Fact term="Assessed">
            <RelativeTime value={record.generated_at_ms} />
          </Fact>
          <Fact term="Compared with">
            {comparison.previous_version === undefined ? (
              "Nothing: it is the first"
            ) : hasPrevious ? (
              <Link
                className="underline underline-offset-2"
                href={reassessmentsPath({ record: comparison.previous_record_id })}
                scroll={false}
              >
                version {comparison.previous_version}
              </Link>
            ) : (
              `version ${comparison.previous_version}`
            )}
          </Fact>
          <Fact term="Record">
            <span className="font-mono text-12 break-all">{record.record_id}</span>{" "}
            <CopyButton value={record.record_id} label="Copy the record id" />
          </Fact>
        </Facts>
      </div>
      <Findings title="New" rows={of("new")} none="Nothing is new." />
      <Findings title="Recurring" rows={of("recurring")} none="Nothing that stood there before is left." />
      <Section title="Resolved" count={resolved.length}>
        {resolved.length === 0 ? (
          <p className="text-muted-foreground">Nothing is gone since the record before.</p>
        ) : (
          <ul className="flex flex-col">
            {resolved.map((each) => (
              <li key={each.fingerprint} className="border-b border-border py-2 last:border-b-0">
                <s className="text-muted-foreground">
                  <span className="sr-only">Resolved: </span>
                  {findingWords(each).words}
                </s>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title="Causes" count={record.triggers.length}>
        <ul className="flex flex-col">
          {record.triggers.map((cause) => (
            <li key={cause.trigger_id} className="border-b border-border py-2 last:border-b-0">
              <span className="flex flex-wrap items-baseline justify-between gap-x-3">
                <span>{triggerWords[cause.trigger]}</span>
                <span className="text-12 text-muted-foreground">
                  {cause.actor.name}, <RelativeTime value={cause.created_at_ms} />
                </span>
              </span>
              {cause.detail.length > 0 ? (
                <span className="block font-mono text-12 break-all text-muted-foreground">
                  {cause.detail.join(", ")}
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}

type FindingsProps = { title: string; rows: readonly ReassessmentFindingWire[]; none: string };

function Findings({ title, rows, none }: FindingsProps) {
  return (
    <Section title={title} count={rows.length}>
      {rows.length === 0 ? (
        <p className="text-muted-foreground">{none}</p>
      ) : (
        <ul className="flex flex-col">
          {rows.map((row) => (
            <li
              key={row.fingerprint}
              className="flex flex-col gap-1 border-b border-border py-2 last:border-b-0"
            >
              <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <SeverityLabel severity={row.severity} />
                <Found row={row} />
                <About scope={row.scope} />
              </span>
              <span className="text-12 text-muted-foreground">
                Known since <RelativeTime value={row.first_seen_at_ms} />
                {row.occurrence_count > 1 ? `, in ${row.occurrence_count} records in a row` : ""}
              </span>
              <Evidence refs={row.evidence_refs} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function About({ scope }: { scope: string }) {
  const words = aboutWords(scope, useNames());
  return words ? <Badge title={scope}>{words}</Badge> : null;
}

/** The first of what it was found by, each by its name and with the screen that shows it. */
function Evidence({ refs }: { refs: readonly string[] }) {
  const said = evidenceWords(refs, useNames());
  if (said.length === 0) return null;
  return (
    <ul aria-label="Evidence" className="flex flex-wrap gap-x-3 gap-y-0.5 text-12 text-muted-foreground">
      {said.slice(0, 4).map(({ ref, words, path }) => (
        <li key={ref} title={ref} className={cn("min-w-0", words === ref && "font-mono break-all")}>
          {path ? (
            <Link
              href={path}
              className="underline decoration-border-strong underline-offset-3 hover:text-foreground hover:decoration-current"
            >
              {words}
            </Link>
          ) : (
            words
          )}
        </li>
      ))}
      {said.length > 4 ? <li>and {said.length - 4} more</li> : null}
    </ul>
  );
}

/** What was found; of a card, the way to it. */
function Found({ row }: { row: ReassessmentFindingWire }) {
  const { words, cardId } = findingWords(row);
  if (!cardId) return <span className="min-w-0 font-medium">{words}</span>;
  return (
    <Link href={cardPath(cardId)} className="min-w-0 font-medium underline-offset-2 hover:underline">
      {words}
    </Link>
  );
}
