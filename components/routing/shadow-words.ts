import { andWords } from "@/components/settings/words";
import type { ShadowDecisionWire } from "@/lib/contracts/shadow-decision";
import type { NameOf } from "@/lib/queries/names";

type Outcome = Pick<ShadowDecisionWire, "destination_ids" | "approval_required">;

/** "Pager, Europe and Local telemetry, after approval". */
export function wentWords({ destination_ids, approval_required }: Outcome, name: NameOf): string {
  const where = andWords(destination_ids.map(name.destination)) || "nowhere";
  return approval_required ? `${where}, after approval` : where;
}

/** What sets a shadow decision apart from what was decided. */
export function differenceWords({ agrees, reached, actual, ...shadow }: ShadowDecisionWire): string {
  const reach = reached ? "" : "; an earlier route would have ended the search";
  if (agrees) return `as it was decided${reach}`;
  const where = andWords(shadow.destination_ids) !== andWords(actual.destination_ids);
  const asks = shadow.approval_required && !actual.approval_required;
  const waives = !shadow.approval_required && actual.approval_required;
  const words = [
    where ? "goes elsewhere" : "",
    asks ? "asks a person" : "",
    waives ? "asks no person" : "",
  ].filter(Boolean);
  return `${andWords(words)}${reach}`;
}
