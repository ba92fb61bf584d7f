import { Fact, Facts } from "@/components/layout/facts";
import type { AssessmentDocumentWire } from "@/lib/contracts/assessment-report";
import { ReportActions } from "./report-actions";
import { ReportControls } from "./report-controls";
import { ReportPart } from "./report-part";
import { ReportRecords } from "./report-records";
import { ReportSummary } from "./report-summary";
import { ReportTopology } from "./report-topology";
import { coverageWords, exactly } from "./report-words";

const parts = [
  ["summary", "Summary"],
  ["follow-up", "Follow-up"],
  ["boundary", "Self-monitoring boundary"],
  ["mitigations", "Recommended mitigations"],
  ["questions", "Open questions"],
  ["findings", "Findings"],
  ["probes", "Probes"],
  ["scenarios", "Scenarios"],
  ["metrics", "Governance metrics"],
  ["incidents", "Incidents"],
  ["receipts", "Receipts"],
  ["audit", "Audit and export"],
  ["sources", "Monitored systems"],
  ["authority", "Authority"],
  ["left-out", "What is left out"],
] as const;

/** A report to be read from top to bottom, on a screen or on paper. `made`: who and where it is kept, where it is. */
export function ReportDocument({
  document,
  made,
}: {
  document: AssessmentDocumentWire;
  made?: { by: string; reportId: string; sha256: string };
}) {
  const { sections, scope } = document;
  return (
    <div data-print="flow" className="grid gap-x-8 gap-y-6 xl:grid-cols-[180px_minmax(0,1fr)]">
      <nav aria-label="Parts of the report" data-print="hidden" className="xl:sticky xl:top-0 xl:self-start">
        <ul className="flex flex-wrap gap-x-3 gap-y-1 text-12 xl:flex-col">
          {parts.map(([id, title]) => (
            <li key={id}>
              <a href={`#${id}`} className="link inline-flex touch:min-h-11 touch:items-center">
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <article className="flex min-w-0 flex-col gap-7">
        <Facts className="[--term:104px]" data-print="whole">
          <Fact term="Generated">
            {exactly(document.generated_at_ms)}
            {made ? ` by ${made.by}` : ""}
          </Fact>
          <Fact term="Covers">{coverageWords(document)}</Fact>
          <Fact term="Tenant">
            {scope.tenant_context.org_id}, workspace {scope.tenant_context.workspace_id}
          </Fact>
          {made ? (
            <>
              <Fact term="Report" mono>
                {made.reportId}
              </Fact>
              <Fact term="Digest" mono>
                <span className="break-all">sha256:{made.sha256}</span>
              </Fact>
            </>
          ) : null}
          {scope.raw_payload_request_ignored ? (
            <Fact term="Raw payloads">were asked for and are not included</Fact>
          ) : null}
        </Facts>
        <ReportSummary document={document} />
        <ReportActions sections={sections} />
        <ReportControls sections={sections} />
        <ReportRecords sections={sections} />
        <ReportTopology sections={sections} />
        <ReportPart id="left-out" title="What is left out">
          <p className="max-w-180 text-muted-foreground">
            {document.sensitive_values.omitted_fields.map((each) => each.replaceAll("_", " ")).join(", ")}.
          </p>
        </ReportPart>
      </article>
    </div>
  );
}
