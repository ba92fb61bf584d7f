import { expect, it } from "vitest";
import { nameOf } from "@/lib/queries/names";
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

const name = nameOf({ destinations: {}, projects: { shop: "Shop" }, routes: {} });

it.each([
  [{ source: "payments-worker", component: "settle", provenance: "log_source" }, "payments-worker"],
  [{ component: "settle", provenance: "log_source" }, "settle"],
  [{ project_id: "payments", provenance: "intake_key" }, "payments"],
  [{ provenance: "operator" }, "typed by a person"],
  [{ source: "manual", provenance: "report" }, "API report"],
  [
    {
      ...{ source: "incident_monitor.intake.external", project_id: "shop", log_source_id: "external" },
      ...{ component: "settle", provenance: "intake_key" },
    },
    "Shop",
  ],
  [
    {
      ...{ source: "incident_monitor.log.worker", project_id: "shop", log_source_id: "worker" },
      provenance: "log_source",
    },
    "Shop / worker",
  ],
  [{ source: "incident_monitor.deliveries", provenance: "self_monitoring" }, "this monitor"],
])("source of %o", (incident, words) => {
  expect(incidentSource(incident, name)).toBe(words);
});

it("an unknown path keeps its own word", () => {
  expect(provenanceWords("carrier_pigeon")).toBe("carrier pigeon");
});
