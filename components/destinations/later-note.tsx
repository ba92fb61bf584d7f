import { Alert } from "@/components/ui/alert";
import { type DestinationKind, destinationKinds } from "./kinds";

/** What a kind that cannot send yet can do already, and what waits. */
export function LaterNote({ kind }: { kind: DestinationKind }) {
  const { long } = destinationKinds[kind];
  return (
    <Alert tone="idle" title={`${long}: sending comes with a later version.`}>
      It can be set up, routed to and approved for now. Deliveries wait as blocked with this reason, and there
      is neither a test event nor a payload to look at yet.
    </Alert>
  );
}
