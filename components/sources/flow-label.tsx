import { StateLabel } from "@/components/state/state-label";
import type { LogSourceHealthWire } from "@/lib/contracts/log-source";
import { flowOf } from "./edit-projects";

type FlowLabelProps = {
  row: { enabled: boolean; paused: boolean };
  /** How it is doing at run time, where that is known: said instead of "On". */
  health?: Pick<LogSourceHealthWire, "state">;
};

/** Whether what comes in is worked on: on, or how reading goes; held while paused, or disabled. */
export function FlowLabel({ row, health }: FlowLabelProps) {
  const flow = flowOf(row);
  if (flow === "disabled") return <StateLabel state="disabled" />;
  if (flow === "held") return <StateLabel state="held" word="Paused" />;
  if (health) return <StateLabel facet="source" value={health.state} />;
  return <StateLabel state="destinationReady" word="On" />;
}
