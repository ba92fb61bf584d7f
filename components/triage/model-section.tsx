import { Section } from "@/components/layout/section";
import { Alert } from "@/components/ui/alert";
import type { ModelReportWire } from "@/lib/contracts/triage-review";
import { FindingList } from "./finding-list";
import { disagreementWords, modelStanding, modelUsage, unsupportedWords } from "./model-words";
import { SaidText } from "./said-text";

/** What a model made of the same failure: beside what the rules found, never in its place. */
export function ModelSection({ report, scope }: { report: ModelReportWire; scope: string }) {
  const { opinion } = report;
  const statements = opinion
    ? [opinion.likely_cause, opinion.recommended_fix, ...opinion.findings].filter((each) => each !== null)
    : [];
  return (
    <Section title="A model's opinion">
      <p className="max-w-180 break-words">
        <SaidText text={modelStanding(report)} />
      </p>
      <p className="-mt-1.5 text-12 text-muted-foreground">
        {modelUsage(report)}. It read redacted evidence and can decide nothing.
      </p>
      <FindingList findings={statements} scope={scope} />
      {opinion && opinion.disagreements.length > 0 ? (
        <Alert tone="waiting" title="It does not agree with the rules:">
          <ul className="mt-0.5 list-disc pl-4">
            {opinion.disagreements.map((each) => (
              <li key={each.about} className="break-words">
                <SaidText text={disagreementWords(each)} />
              </li>
            ))}
          </ul>
        </Alert>
      ) : null}
      <Notes title="Set aside, since its evidence does not hold" rows={setAside(opinion)} />
      <Notes title="Left open" rows={opinion?.open_questions ?? []} />
    </Section>
  );
}

const setAside = (opinion: ModelReportWire["opinion"]): string[] =>
  (opinion?.unsupported ?? []).map(({ statement, because }) => `${statement} (${unsupportedWords(because)})`);

function Notes({ title, rows }: { title: string; rows: readonly string[] }) {
  if (rows.length === 0) return null;
  return (
    <div>
      <h3 className="text-12 font-medium text-muted-foreground">{title}</h3>
      <ul className="list-disc pl-4">
        {rows.map((row) => (
          <li key={row} className="break-words">
            <SaidText text={row} />
          </li>
        ))}
      </ul>
    </div>
  );
}
