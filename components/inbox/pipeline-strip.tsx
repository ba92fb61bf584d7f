import { GateLine } from "@/components/state/gate-line";
import type { OverviewWire } from "@/lib/contracts/status";
import { approvalsDuePath, draftsPath, incidentsPath, receiptsPath } from "@/lib/paths";
import { StripCell } from "./strip-cell";

/** The pipeline in figures: what we hold, the gate, what leaves. On a phone the gate lies across. */
export function PipelineStrip({ counts }: { counts: OverviewWire["counts"] }) {
  // Open only when everything at the gate may pass.
  const gate = counts.approvals_due === 0 && counts.approved_waiting > 0 ? "open" : "closed";
  return (
    <section
      aria-label="Pipeline"
      className="relative flex-none border-b border-border bg-card lg:grid lg:grid-cols-[minmax(0,1fr)_392px]"
    >
      <div className="grid grid-cols-3 pl-4 sm:grid-cols-5 md:pl-6 lg:border-b lg:border-gate lg:-mb-px">
        <StripCell value={counts.occurrences_24h} label="Reports, 24 h" href={incidentsPath()} />
        <StripCell value={counts.incidents} label="Incidents" href={incidentsPath()} />
        <StripCell value={counts.drafts_open} label="Open drafts" href={draftsPath({ state: "open" })} />
        <StripCell value={counts.approvals_due} label="Held at the gate" href={approvalsDuePath()} needs />
        <StripCell
          value={counts.approved_waiting}
          label="Approved, not sent"
          href={draftsPath({ state: "approved" })}
        />
      </div>
      <GateLine gate={gate} className="left-[calc(100%-392px)] max-lg:hidden" />
      <div className="grid grid-cols-3 border-gate pl-4 max-lg:border-t-2 md:pl-6 lg:pl-5">
        <StripCell value={counts.leaving} label="Leaving now" href={receiptsPath({ status: "pending" })} />
        <StripCell
          value={counts.published_24h}
          label="Published, 24 h"
          href={receiptsPath({ status: "posted" })}
        />
        <StripCell
          value={counts.failed}
          label="Ended failed"
          href={receiptsPath({ status: "failed" })}
          failed
        />
      </div>
    </section>
  );
}
