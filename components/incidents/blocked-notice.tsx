"use client";

import { Alert } from "@/components/ui/alert";
import type { IncidentWire } from "@/lib/contracts/incident";
import type { QualityGateWire } from "@/lib/contracts/record-values";
import { GateList } from "./gate-list";
import { NewReport } from "./new-report";
import type { ReportForm } from "./report-form";

/** Why this incident has no draft, and the report to file again with what is missing. */
export function BlockedNotice({ incident, gate }: { incident: IncidentWire; gate: QualityGateWire }) {
  return (
    <Alert tone="failed" title="Too thin for a draft.">
      {gate.total_count - gate.passed_count} of {gate.total_count} checks failed. It stays here and is
      counted; a fuller report of the same failure gets a draft.
      <div className="my-2">
        <GateList gate={gate} failedOnly />
      </div>
      <NewReport label="Report it again, fuller" hotkey="" start={reportOf(incident)} />
    </Alert>
  );
}

function reportOf(incident: IncidentWire): Partial<ReportForm> {
  const risk = incident.risk_level;
  return {
    title: incident.title,
    detail: incident.detail ?? "",
    component: incident.component ?? "",
    excerpt: incident.excerpt.join("\n"),
    links: incident.evidence_refs.join("\n"),
    risk:
      risk === "critical" || risk === "high" || risk === "medium" || risk === "low" || risk === "info"
        ? risk
        : "",
  };
}
