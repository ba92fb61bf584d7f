import { Disclosure } from "@/components/drafts/disclosure";
import { Section } from "@/components/layout/section";
import type { TriageSummaryWire } from "@/lib/contracts/triage";
import type { TriageReviewWire } from "@/lib/contracts/triage-review";
import { OriginMark } from "./origin-mark";
import { LongText, SaidText } from "./said-text";
import { type SummaryFieldSpec, summaryFields, summaryLabel } from "./summary-fields";
import { formOf, wordsOf } from "./summary-form";
import { TriageButton } from "./triage-button";
import { isLive } from "./triage-words";

const shownAtOnce = ["suggested_title", "what_happened", "recommended_fix"];

/** What the issue will be made from, field by field, each with where its words come from. */
export function SummarySection({ triage }: { triage: TriageReviewWire }) {
  const { triage_summary: summary, run, actions } = triage;
  const edit = (
    <TriageButton act="edit" action={actions.edit} kbd="e" label={summary ? undefined : "Write a summary…"} />
  );
  if (!summary) {
    return (
      <Section title="Summary" count="none yet">
        <p className="text-muted-foreground">
          {isLive(run?.state)
            ? "It is written when the run ends. What you write now lies over what the run finds."
            : "The run left none."}
        </p>
        <div>{edit}</div>
      </Section>
    );
  }
  const form = formOf(summary);
  const filled = summaryFields.filter((field) => wordsOf(form[field.name]) !== "");
  const first = filled.filter(({ name }) => shownAtOnce.includes(name));
  const rest = filled.filter(({ name }) => !shownAtOnce.includes(name));
  return (
    <Section title="Summary" count={byWords(triage.summary_by)}>
      <dl className="flex flex-col gap-2">
        {first.map((field) => (
          <SummaryFact key={field.name} field={field} summary={summary} words={wordsOf(form[field.name])} />
        ))}
      </dl>
      {rest.length > 0 ? (
        <Disclosure summary={`The other ${rest.length} fields`}>
          <dl className="flex flex-col gap-2 pt-1 pl-4.5">
            {rest.map((field) => (
              <SummaryFact
                key={field.name}
                field={field}
                summary={summary}
                words={wordsOf(form[field.name])}
              />
            ))}
          </dl>
        </Disclosure>
      ) : null}
      {summary.cut.length > 0 ? (
        <p className="text-12 text-muted-foreground">
          Too long and cut: {summary.cut.map(cutWords).join("; ")}.
        </p>
      ) : null}
      <div>{edit}</div>
    </Section>
  );
}

type SummaryFactProps = { field: SummaryFieldSpec; summary: TriageSummaryWire; words: string };

function SummaryFact({ field, summary, words }: SummaryFactProps) {
  const isList = field.kind === "rows" || field.kind === "shaped";
  const label =
    field.kind === "choice" ? (field.options.find(({ value }) => value === words)?.label ?? words) : words;
  return (
    <div className="min-w-0">
      <dt className="flex flex-wrap items-baseline gap-x-2 text-12 font-medium text-muted-foreground">
        {field.label}
        <OriginMark summary={summary} field={field.name} />
      </dt>
      <dd className="max-w-180 break-words whitespace-pre-wrap">
        {isList ? (
          <ul className="list-disc pl-4">
            {label.split("\n").map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a stored summary never move
              <li key={index}>
                <SaidText text={row} />
              </li>
            ))}
          </ul>
        ) : (
          <LongText text={label} />
        )}
      </dd>
    </div>
  );
}

const writers = {
  enrichers: "by triage",
  agent: "by an external agent",
  person: "edited by a person",
  synthesis: "from the report alone",
};

const byWords = (by: TriageReviewWire["summary_by"]) => (by ? writers[by] : undefined);

const cutWords = ({ field, unit, kept, given }: TriageSummaryWire["cut"][number]) =>
  `${field === "all" ? "altogether" : summaryLabel(field).toLowerCase()}, ${kept} of ${given} ${unit}`;
