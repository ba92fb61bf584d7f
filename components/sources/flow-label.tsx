import { StateLabel } from "@/components/state/state-label";
import { flowOf } from "./edit-projects";

/** Whether what comes in is worked on: on, held while paused, or disabled. */
export function FlowLabel({ row }: { row: { enabled: boolean; paused: boolean } }) {
  const flow = flowOf(row);
  if (flow === "on") return <StateLabel state="destinationReady" word="On" />;
  return flow === "held" ? <StateLabel state="held" word="Paused" /> : <StateLabel state="disabled" />;
}
