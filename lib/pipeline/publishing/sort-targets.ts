import { type Reason, reason } from "@/lib/domain/reason";
import type { PublicationTarget } from "./prepare-publication";

/** Of the destinations wanted, those that can be sent to now, and of each other one why not. */
export function sortTargets(wanted: readonly PublicationTarget[]): {
  ready: PublicationTarget[];
  refused: Reason[];
} {
  const ready: PublicationTarget[] = [];
  const refused: Reason[] = [];
  for (const target of wanted) {
    const id = target.destination.destinationId;
    const words = target.readiness.missing.map((each) => each.message).join("; ");
    if (!target.readiness.ready) {
      refused.push(
        reason("destination_not_ready", `Destination \`${id}\` is not ready: ${words}`, {
          destinationId: id,
        }),
      );
    } else if (target.proposalMissing) refused.push(target.proposalMissing);
    else if (target.renderError) refused.push(target.renderError);
    else ready.push(target);
  }
  return { ready, refused };
}
