import { StateLabel } from "@/components/state/state-label";
import type { DraftWire } from "@/lib/contracts/draft";

/** The one state of a draft that matters now: how its sending went, else its approval, else its triage. */
export function DraftStanding({ draft }: { draft: DraftWire }) {
  if (draft.facets.approval === "denied") return <StateLabel state="denied" />;
  if (draft.newest_delivery) return <StateLabel facet="delivery" value={draft.newest_delivery.state} />;
  if (draft.held) return <StateLabel state="held" />;
  if (draft.facets.approval !== "not_required") {
    return <StateLabel facet="approval" value={draft.facets.approval} />;
  }
  if (draft.facets.triage !== "none") return <StateLabel facet="triage" value={draft.facets.triage} />;
  return <StateLabel facet="approval" value={draft.facets.approval} />;
}
