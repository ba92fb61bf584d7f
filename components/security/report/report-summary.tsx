import { Fact, Facts } from "@/components/layout/facts";
import { GateGlyph } from "@/components/state/gate-glyph";
import { cn } from "@/components/ui/cn";
import { toneClass } from "@/components/ui/tone";
import type { AssessmentDocumentWire } from "@/lib/contracts/assessment-report";
import { ReportPart } from "./report-part";
import { causeWords, riskLooks } from "./report-words";

/** The verdict first: what is left of risk, what it comes from, and what comes next. */
export function ReportSummary({ document }: { document: AssessmentDocumentWire }) {
  const { sections, counts } = document;
  const { residual_risk_and_follow_up: risk, self_monitoring_boundary: self } = sections;
  const probes = sections.controlled_probe_results.counts;
  const scenarios = sections.adversarial_scenario_packs.counts;
  const look = riskLooks[risk.risk];
  return (
    <>
      <ReportPart id="summary" title="Summary">
        <p className={cn(toneClass(look.tone), "flex items-center gap-2 text-16 font-semibold text-tone")}>
          <GateGlyph name={look.glyph} size={16} className="flex-none" />
          {look.word}
        </p>
        {risk.because.length > 0 ? (
          <ul aria-label="What the risk comes from" className="ml-4 list-disc">
            {risk.because.map((each) => (
              <li key={each.code}>{causeWords(each)}</li>
            ))}
          </ul>
        ) : (
          <p>Every control that was tried held, and nothing of high severity was found.</p>
        )}
        <Facts className="[--term:150px]">
          <Fact term="Findings">{counts.findings}</Fact>
          <Fact term="Probes">
            {probes.pass} passed, {probes.fail} failed, {probes.blocked} with nothing to try
          </Fact>
          <Fact term="Scenarios">
            {scenarios.passed} of {scenarios.total} held
          </Fact>
          <Fact term="Incidents">
            {self.self_observed_incidents} self-observed, {self.external_system_incidents} of other systems
          </Fact>
          <Fact term="Receipts">{counts.destination_receipts}</Fact>
          <Fact term="Audit events">{counts.protected_audit_events}</Fact>
        </Facts>
      </ReportPart>
      <ReportPart id="follow-up" title="Follow-up">
        <ol className="ml-5 list-decimal">
          {risk.follow_up_actions.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ol>
      </ReportPart>
      <ReportPart id="boundary" title="Self-monitoring boundary">
        <p className="max-w-180">
          <strong className="font-semibold">What the evidence shows.</strong> {self.evidence_claim}
        </p>
        <p className="max-w-180">
          <strong className="font-semibold">What it does not prove.</strong> {self.non_claim}
        </p>
        <p className="max-w-180 text-muted-foreground">
          {self.incidents_of_unknown_source} of the incidents of other systems name no kind of source. High
          assurance needs an export to a system that this deployment cannot write to.
        </p>
      </ReportPart>
    </>
  );
}
