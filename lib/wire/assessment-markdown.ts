import type { AssessmentDocumentWire } from "@/lib/contracts/assessment-report";
import type { MitigationWire, OwnerWire } from "@/lib/contracts/assessment-sections";

type Document = Omit<AssessmentDocumentWire, "markdown_summary">;
type Sections = Document["sections"];

/** So many mitigations are written out; all of them are in the JSON. */
const mitigationsMax = 10;
/** So many rows of a table; the JSON has the rest, and the table says how many. */
const rowsMax = 25;

/** The report as a document for people: the outline of reference 8.8, with what a reader needs to check it. */
export function assessmentMarkdown(document: Document): string {
  const { sections, counts, scope } = document;
  const { tenant_context: tenant } = scope;
  const window = sections.assessment_scope.time_window;
  return [
    "# Security assessment report",
    [
      `- Generated: ${at(document.generated_at_ms)}`,
      `- Tenant: ${text(tenant.org_id)}, workspace: ${text(tenant.workspace_id)}`,
      `- Covers: ${sections.assessment_scope.project_ids?.map(text).join(", ") ?? "the whole deployment"}`,
      `- Window: ${window.from_ms === null ? "the beginning" : at(window.from_ms)} to ${window.to_ms === null ? "now" : at(window.to_ms)}`,
      ...(scope.source_kind ? [`- Incidents of the kind: ${text(scope.source_kind)}`] : []),
      ...(scope.raw_payload_request_ignored ? ["- Raw payloads were asked for and are not included."] : []),
    ].join("\n"),
    ...summary(sections, counts),
    ...boundary(sections),
    ...mitigations(sections),
    ...questions(sections),
    ...findings(sections),
    ...controls(sections),
    ...metrics(sections),
    ...records(sections),
    ...topology(sections),
    ...auditExport(sections),
    "## What is left out",
    `${list(document.sensitive_values.omitted_fields.map(text))}`,
  ]
    .join("\n\n")
    .concat("\n");
}

function summary(sections: Sections, counts: Document["counts"]): string[] {
  const risk = sections.residual_risk_and_follow_up;
  const probes = sections.controlled_probe_results.counts;
  const { self_monitoring_boundary: self } = sections;
  return [
    "## Summary",
    `Residual risk: **${risk.risk}**`,
    [
      ...risk.because.map(
        (each) => `- Risk from ${each.code.replaceAll("_", " ")}: ${each.count} (${each.weight})`,
      ),
      `- Findings: ${counts.findings}, ${risk.critical_or_high_findings} of them critical or high`,
      `- Probes: ${probes.pass} passed, ${probes.fail} failed, ${probes.blocked} blocked`,
      `- Scenarios: ${sections.adversarial_scenario_packs.counts.passed} of ${counts.adversarial_scenarios} passed, ${risk.failed_scenarios} failed, ${risk.blocked_scenarios} blocked`,
      `- Metrics below their minimum: ${counts.governance_metric_breaches}; drifts: ${counts.behavioral_drift_flags}`,
      `- Incidents: ${self.self_observed_incidents} self-observed, ${self.external_system_incidents} of external systems`,
    ].join("\n"),
    "### Follow-up",
    list(risk.follow_up_actions),
  ];
}

function boundary({ self_monitoring_boundary: self }: Sections): string[] {
  return [
    "## Self-Monitoring Boundary",
    `**What the evidence shows.** ${self.evidence_claim}`,
    `**What it does not prove.** ${self.non_claim}`,
    [
      `- Self-observed incidents (${self.source_kinds.join(", ")}): ${self.self_observed_incidents}`,
      `- Incidents of external systems: ${self.external_system_incidents}, of them ${self.incidents_of_unknown_source} whose source nobody named`,
      `- Protected audit events: ${self.protected_monitor_audit_events}`,
      `- Controls that did not hold when tried: ${self.failed_controlled_probes}`,
      "- High assurance needs an export to a system that this deployment cannot write to.",
    ].join("\n"),
  ];
}

const owner = ({ name }: OwnerWire) => text(name);

function mitigations({ recommended_mitigations: all }: Sections): string[] {
  const told = all.slice(0, mitigationsMax);
  const more = all.length - told.length;
  const row = (each: MitigationWire, index: number) =>
    `${index + 1}. **${each.severity}**, ${text(each.about.kind)} ${code(each.about.id)}: ${text(each.recommendation)} Owner: ${owner(each.owner)}.`;
  return [
    "## Recommended Mitigations",
    told.length === 0 ? "None." : told.map(row).join("\n"),
    ...(more > 0 ? [`${more} more are in the JSON.`] : []),
  ];
}

const questions = ({ open_questions: all }: Sections): string[] => [
  "## Open Questions",
  table(
    ["Question", "About", "Why it is open", "Who could answer"],
    all.map((each) => [
      each.question,
      `${each.about.kind} ${each.about.id}`,
      each.why,
      each.owner.assigned ? each.owner.name : "unassigned",
    ]),
  ),
];

const findings = ({ detected_findings: found }: Sections): string[] => [
  "## Findings",
  table(
    ["Severity", "Rule", "Finding", "Affected", "Id"],
    found.findings.map((each) => [
      each.severity,
      each.rule_id,
      each.title,
      each.affected_objects.map(({ kind, id }) => `${kind} ${id}`).join(", "),
      each.finding_id,
    ]),
  ),
];

function controls({
  controlled_probe_results: probes,
  adversarial_scenario_packs: pack,
}: Sections): string[] {
  const states = {
    played: "They were played for this report.",
    kept: `The newest run that is kept: ${pack.run_id}.`,
    busy: "They could not be played: another run was under way.",
    withheld: "They try the whole deployment and are not part of this report.",
  };
  const stored = pack.unproved_in_stored_packs.map(({ pack_id, result }) => ({ ...result, pack_id }));
  return [
    "## Controls that were tried",
    table(
      ["Outcome", "Probe", "At", "Observed"],
      probes.results.map((each) => [
        each.status,
        each.probe_id,
        `${each.target.kind} ${each.target.id}`,
        each.observed_behavior,
      ]),
    ),
    "## Scenarios",
    `Pack ${code(pack.pack_id)}, version ${text(pack.version)}. ${states[pack.state]}`,
    table(
      ["Outcome", "Scenario", "Expected", "Observed"],
      [...pack.results, ...stored].map((each) => [
        each.status,
        each.scenario_id,
        each.expected_behavior,
        each.observed_behavior,
      ]),
    ),
  ];
}

function metrics({ governance_maturity_metrics: maturity }: Sections): string[] {
  const share = (rate: number | null) => (rate === null ? "" : `${Math.floor(rate * 1000 + 1e-9) / 10} %`);
  const { current } = maturity.window;
  return [
    "## Governance Metrics",
    `From ${at(current.from_ms)} to ${at(current.to_ms)}.`,
    table(
      ["Metric", "Cases", "Rate", "Minimum", "Verdict"],
      maturity.metrics.map((each) => [
        each.name,
        `${each.numerator} of ${each.denominator}`,
        share(each.rate),
        share(each.threshold),
        each.breached ? "below its minimum" : each.evaluable ? "holds" : "not evaluable",
      ]),
    ),
  ];
}

function records({
  incidents_and_evidence_refs: incidents,
  destination_receipts: receipts,
}: Sections): string[] {
  return [
    "## Incidents",
    `${incidents.counts.incidents} in the window: ${countsOf(incidents.counts.by_source_kind)}.`,
    table(
      ["Incident", "Status", "Risk", "Source kind", "Seen", "Evidence", "Changed"],
      incidents.incidents.map((each) => [
        each.incident_id,
        each.status,
        each.risk_level ?? "",
        each.source_kind ?? "unknown",
        `${each.occurrence_count}`,
        `${each.evidence_refs.length}`,
        at(each.updated_at_ms),
      ]),
      incidents.counts.incidents,
    ),
    "## Receipts",
    `${receipts.counts.receipts} in the window: ${countsOf(receipts.counts.by_status)}.`,
    table(
      ["Receipt", "Destination", "Status", "Receipt held", "Changed"],
      receipts.receipts.map((each) => [
        each.post_id,
        `${each.destination_kind} ${each.destination_id}`,
        each.status,
        each.receipt_present ? "yes" : "no",
        at(each.updated_at_ms),
      ]),
      receipts.counts.receipts,
    ),
  ];
}

function topology(sections: Sections): string[] {
  const { monitored_systems_and_sources: systems, authority_inventory: inventory } = sections;
  const { source_readiness: ready } = systems;
  const approval = sections.approval_coverage;
  const context = sections.tenant_workspace_context_coverage;
  return [
    "## Monitored Systems",
    `${ready.sources} sources, ${ready.enabled_sources} switched on, ${ready.unready_enabled_sources} of these not ready.`,
    table(
      ["Source", "Kind", "State", "Ready", "Owner"],
      systems.sources.map((each) => [
        each.source_id === null ? each.project_id : `${each.project_id}/${each.source_id}`,
        each.source_kind,
        each.enabled ? (each.paused ? "paused" : "on") : "off",
        each.ready === null ? "unknown" : each.ready ? "yes" : "no",
        each.owner.name,
      ]),
      ready.sources,
    ),
    "## Authority",
    table(
      ["Destination", "Kind", "State", "Approval"],
      inventory.destinations.map((each) => [
        each.destination_id,
        each.kind,
        each.enabled ? "on" : "off",
        each.require_approval ? "required" : "by route and risk",
      ]),
      inventory.counts.destinations,
    ),
    [
      `- Approval rules: ${approval.approval_rules}, of them ${approval.approval_required_rules} ask for a person`,
      `- High risk needs a person: ${approval.require_approval_for_high_risk ? "yes" : "no"}`,
      `- Sources without tenant and workspace: ${context.monitored_sources_missing_tenant_workspace} of ${context.monitored_sources}`,
      `- Automations without an explicit context: ${context.automation_specs_missing_explicit_context} of ${context.automation_specs}`,
    ].join("\n"),
  ];
}

function auditExport({ external_audit_export: out }: Sections): string[] {
  const { route_preview: route } = out;
  return [
    "## Audit and Export",
    out.claim,
    [
      `- Audit export: \`GET ${out.existing_ndjson_endpoint}\``,
      `- This report: \`POST ${out.report_endpoint}\``,
      `- Would go to: ${route.effective_destination_ids.map(text).join(", ") || "nowhere"}${route.approval_required ? ", once a person has approved it" : ""}`,
      ...(route.blocked ? [`- Blocked by: ${route.blocked_reasons.map(text).join(", ")}`] : []),
      "- Nothing was sent.",
    ].join("\n"),
    table(
      ["No.", "Event", "At", "Leaf hash", "Holds"],
      out.records.map((each) => [
        each.seq === null ? "unsealed" : `${each.seq}`,
        each.event_type,
        at(each.created_at_ms),
        each.record_hash ?? "",
        each.payload_keys.join(", "),
      ]),
    ),
  ];
}

const at = (ms: number): string => new Date(ms).toISOString();
const list = (rows: readonly string[]): string => rows.map((row) => `- ${row}`).join("\n") || "None.";
const countsOf = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([word, count]) => `${text(word)} ${count}`)
    .join(", ") || "none";

/** Words of a configuration stand as they are: they make no link, no markup, no row of their own. */
const text = (value: string): string =>
  value.replaceAll(/\s+/g, " ").replaceAll(/[\\`*_{}[\]<>|#~]/g, (sign) => `\\${sign}`);
const code = (value: string): string => `\`${value.replaceAll(/[`\s]+/g, " ")}\``;

function table(
  heads: readonly string[],
  rows: ReadonlyArray<readonly string[]>,
  total = rows.length,
): string {
  if (rows.length === 0) return "None.";
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const told = rows.slice(0, rowsMax);
  const body = [line(heads), line(heads.map(() => "---")), ...told.map((row) => line(row.map(text)))];
  const more = total - told.length;
  return more > 0
    ? [...body, "", `${more} more are in the JSON, or are counted there.`].join("\n")
    : body.join("\n");
}
