import type { AssessmentSectionsWire } from "@/lib/contracts/assessment-sections";
import { ReportPart } from "./report-part";
import { ReportTable } from "./report-table";
import { words } from "./report-words";

/** What is monitored, and what may act on it. */
export function ReportTopology({ sections }: { sections: AssessmentSectionsWire }) {
  const { monitored_systems_and_sources: systems, authority_inventory: inventory } = sections;
  const { approval_coverage: approval, tenant_workspace_context_coverage: context } = sections;
  const { source_readiness: ready } = systems;
  return (
    <>
      <ReportPart id="sources" title="Monitored systems" count={ready.sources} newPage>
        <p className="text-muted-foreground">
          {ready.enabled_sources} switched on, {ready.unready_enabled_sources} of these not ready;{" "}
          {context.monitored_sources_missing_tenant_workspace} without tenant and workspace.
        </p>
        <ReportTable
          caption="Projects and their sources"
          heads={["Source", "Kind", "State", "Ready", "Owner"]}
          rows={systems.sources.map((each) => ({
            key: `${each.project_id}/${each.source_id}`,
            cells: [
              each.source_id === null ? each.project_id : `${each.project_id}/${each.source_id}`,
              words(each.source_kind),
              each.enabled ? (each.paused ? "paused" : "on") : "off",
              each.ready === null ? "unknown" : each.ready ? "yes" : "no",
              each.owner.name,
            ],
          }))}
          total={ready.sources}
        />
      </ReportPart>
      <ReportPart
        id="authority"
        title="Authority"
        count={`${inventory.counts.destinations ?? 0} destinations`}
      >
        <p className="text-muted-foreground">
          {approval.approval_required_rules} of {approval.approval_rules} approval rules ask for a person;
          high risk {approval.require_approval_for_high_risk ? "needs one" : "needs none"}.
        </p>
        <ReportTable
          caption="Where something may go"
          heads={["Destination", "Kind", "State", "Approval"]}
          rows={inventory.destinations.map((each) => ({
            key: each.destination_id,
            cells: [
              each.destination_id,
              words(each.kind),
              each.enabled ? "on" : "off",
              each.require_approval ? "required" : "by route and risk",
            ],
          }))}
          total={inventory.counts.destinations}
        />
        <ReportTable
          caption="By which rules"
          heads={["Route", "State", "Priority", "Goes to", "Approval"]}
          rows={inventory.routes.map((each) => ({
            key: each.route_id,
            cells: [
              each.name || each.route_id,
              each.enabled ? "on" : "off",
              each.priority,
              each.destination_ids.join(", "),
              words(each.approval_policy),
            ],
          }))}
          total={inventory.counts.routes}
        />
      </ReportPart>
    </>
  );
}
