import { expect, it } from "vitest";
import { incidentSource, incidentStanding, provenanceWords } from "./incident-state";

it.each([
  ["draft_created", "ready", "Drafted"],
  ["quality_gate_blocked", "blocked", "Too thin for a draft"],
  ["post_webhook", "published", "Published"],
  ["parked_by_peer", "cancelled", "Parked by peer"],
  ["constructor", "cancelled", "Constructor"],
])("status %s shows as %s, %s", (status, state, word) => {
  expect(incidentStanding(status)).toEqual({ state, word });
});

it.each([
  [{ source: "payments-worker", component: "settle", provenance: "log_source" }, "payments-worker"],
  [{ component: "settle", provenance: "log_source" }, "settle"],
  [{ project_id: "payments", provenance: "intake_key" }, "payments"],
  [{ provenance: "operator" }, "typed by a person"],
])("source of %o", (incident, words) => {
  expect(incidentSource(incident)).toBe(words);
});

it("an unknown path keeps its own word", () => {
  expect(provenanceWords("carrier_pigeon")).toBe("carrier pigeon");
});
