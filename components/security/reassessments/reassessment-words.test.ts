import { expect, it } from "vitest";
import { findingWords } from "./reassessment-words";

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
