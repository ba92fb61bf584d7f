import { expect, it } from "vitest";
import { nameOf } from "@/lib/queries/names";
import { aboutWords, evidenceWords, findingWords } from "./reassessment-words";

it.each([
  [
    "deployment_card_required_field_missing",
    "deployment card required field missing: business_owner",
    "deployment_cards.monitored_source:shop.eu:project.business_owner",
    { words: "Business owner is not said", cardId: "monitored_source:shop.eu:project" },
  ],
  [
    "deployment_card_review_overdue",
    "deployment card review overdue: next_reassessment_at_ms",
    "deployment_cards.tandem:self_monitoring:incident_monitor.next_reassessment_at_ms",
    {
      words: "Deployment card review overdue: next_reassessment_at_ms",
      cardId: "tandem:self_monitoring:incident_monitor",
    },
  ],
  ["missing_tenant_context", "missing tenant context", "projects.shop", { words: "Missing tenant context" }],
])("says of %s what it is", (rule_id, summary, ref, words) => {
  expect(findingWords({ rule_id, summary, evidence_refs: [ref] })).toEqual(words);
});

const name = nameOf({
  destinations: { "pager.eu": "Pager, Europe" },
  projects: { billing: "Billing" },
  routes: {},
});

it.each([
  ["source:billing", "Source Billing"],
  ["source:billing/worker", "Source Billing / worker"],
  ["destination:pager.eu", "Destination Pager, Europe"],
  ["workflow:nightly", "Workflow nightly"],
  ["deployment", null],
  ["else", "else"],
])("says of %s what a finding is about", (scope, words) => {
  expect(aboutWords(scope, name)).toBe(words);
});

it("names evidence and leads to it, leaves out what the finding says, and keeps what has no name", () => {
  const refs = [
    "governance_metrics.metrics.governance_confidence",
    "deployment_cards.monitored_source:billing:project.business_owner",
    "incidents.failure-incident-d8191adde0b74ab4bc59b3a757605b39",
    "sources.billing/worker",
    "inventory.destinations.pager.eu.require_approval",
    "inventory.automation_specs.nightly.tenant_context",
  ];
  expect(evidenceWords(refs, name).map(({ words, path }) => [words, path])).toEqual([
    ["Incident d8191add", "/incidents/failure-incident-d8191adde0b74ab4bc59b3a757605b39"],
    ["Source Billing / worker", "/settings/incident-monitor/sources?project=billing&source=worker"],
    [
      "Destination Pager, Europe: require approval",
      "/settings/incident-monitor/destinations?id=pager.eu&field=require_approval",
    ],
    ["inventory.automation_specs.nightly.tenant_context", null],
  ]);
});
