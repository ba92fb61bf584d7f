import Link from "next/link";
import type { AssessmentSectionsWire } from "@/lib/contracts/assessment-sections";
import { scenariosPath } from "@/lib/paths";
import { ReportPart } from "./report-part";
import { ReportTable } from "./report-table";
import { exactly, words } from "./report-words";

const states: Readonly<Record<AssessmentSectionsWire["adversarial_scenario_packs"]["state"], string>> = {
  played: "The scenarios were played for this report.",
  kept: "These are the results of the newest run that is kept.",
  busy: "Another run was under way and no earlier one is kept, so nothing is known.",
  withheld: "Scenarios try the whole deployment and are no part of a report of some projects.",
};

/** What was found, what was tried, and how well the rules are kept. */
export function ReportControls({ sections }: { sections: AssessmentSectionsWire }) {
  const { detected_findings: found, controlled_probe_results: probes } = sections;
  const { adversarial_scenario_packs: pack } = sections;
  const stored = pack.unproved_in_stored_packs.map(({ pack_id, result }) => ({ ...result, pack_id }));
  const played = pack.results.map((each) => ({ ...each, pack_id: pack.pack_id }));
  return (
    <>
      <ReportPart id="findings" title="Findings" count={found.counts.findings} newPage>
        <ReportTable
          caption="What the posture rules found, worst first"
          heads={["Severity", "Finding", "Rule", "Affected"]}
          rows={found.findings.map((each) => ({
            key: each.fingerprint,
            cells: [
              each.severity,
              <Told key="told" title={each.title} detail={each.detail} />,
              words(each.rule_id),
              each.affected_objects.map(({ kind, id }) => `${words(kind)} ${id}`).join(", "),
            ],
          }))}
        />
      </ReportPart>
      <ReportPart id="probes" title="Probes" count={probes.counts.results}>
        <ReportTable
          caption="Controls that were tried with something harmless"
          heads={["Outcome", "Probe", "At", "Observed"]}
          rows={probes.results.map((each, place) => ({
            key: `${place}`,
            cells: [
              each.status,
              words(each.probe_id),
              `${words(each.target.kind)} ${each.target.id}`,
              each.observed_behavior,
            ],
          }))}
          total={probes.counts.results}
        />
      </ReportPart>
      <ReportPart
        id="scenarios"
        title="Scenarios"
        count={`${pack.counts.passed} of ${pack.counts.total} held`}
      >
        <p className="text-muted-foreground">
          {states[pack.state]}{" "}
          <Link href={scenariosPath()} className="link" data-print="hidden">
            See the packs
          </Link>
        </p>
        <ReportTable
          caption="Hostile failures that were played"
          heads={["Outcome", "Scenario", "Expected", "Observed"]}
          rows={[...played, ...stored].map((each) => ({
            key: `${each.pack_id}/${each.scenario_id}`,
            cells: [each.status, words(each.scenario_id), each.expected_behavior, each.observed_behavior],
          }))}
        />
      </ReportPart>
      <Metrics maturity={sections.governance_maturity_metrics} />
    </>
  );
}

function Told({ title, detail }: { title: string; detail: string }) {
  return (
    <>
      {title}
      <span className="block text-12 text-muted-foreground">{detail}</span>
    </>
  );
}

function Metrics({ maturity }: { maturity: AssessmentSectionsWire["governance_maturity_metrics"] }) {
  const { current } = maturity.window;
  const share = (rate: number | null) => (rate === null ? "" : `${Math.floor(rate * 1000 + 1e-9) / 10} %`);
  return (
    <ReportPart id="metrics" title="Governance metrics">
      <p className="text-muted-foreground">
        From {exactly(current.from_ms)} to {exactly(current.to_ms)}.
      </p>
      <ReportTable
        caption="Rates of the window against their minimums"
        heads={["Metric", "Cases", "Rate", "Minimum", "Verdict"]}
        rows={maturity.metrics.map((each) => ({
          key: each.metric_id,
          cells: [
            each.name,
            `${each.numerator} of ${each.denominator}`,
            share(each.rate),
            share(each.threshold),
            each.breached
              ? "below its minimum"
              : each.evaluable
                ? "holds"
                : `not evaluable: ${each.missing_evidence_reasons.map(words).join(", ")}`,
          ],
        }))}
      />
    </ReportPart>
  );
}
