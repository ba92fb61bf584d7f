"use client";

import { ListRow } from "@/components/settings/list-row";
import { Badge } from "@/components/ui/badge";
import type { DestinationWire } from "@/lib/contracts/config";
import { destinationKinds, targetOf } from "./kinds";
import type { Readiness } from "./readiness";
import { ReadinessLabel } from "./readiness-label";

type DestinationRowProps = {
  row: DestinationWire;
  readiness: Readiness;
  usedBy: string;
  change: "new" | "edited" | null;
  selected: boolean;
  onSelect: () => void;
};

export const destinationColumns =
  "grid grid-cols-[16px_minmax(0,1fr)_auto] gap-x-2.5 sm:grid-cols-[16px_minmax(0,1fr)_92px_88px]";

/** Where, who sends there, whether it is ready; under it the address and, if not ready, why. */
export function DestinationRow(props: DestinationRowProps) {
  const { row, readiness, usedBy, change, selected, onSelect } = props;
  const { Icon, word } = destinationKinds[row.kind];
  const why = readiness.reasons.join("; ");
  return (
    <ListRow selected={selected} onSelect={onSelect} dim={!row.enabled}>
      <span className={destinationColumns}>
        <Icon aria-hidden className="mt-0.5 size-4 text-muted-foreground" />
        <span className="flex min-w-0 items-baseline gap-2">
          <b className="truncate font-semibold">
            {row.name || (change === "new" ? "New destination" : row.destination_id)}
          </b>
          <span className="flex-none text-12 text-muted-foreground">{word}</span>
          {change ? <Badge variant="edited">{change}</Badge> : null}
        </span>
        <span className="truncate text-12 leading-5 text-muted-foreground max-sm:hidden">{usedBy}</span>
        <ReadinessLabel readiness={readiness} word={change === "new" ? "Not saved" : undefined} />
        <span className="col-[2/-1] min-w-0 truncate font-mono text-[11.5px] leading-4 text-muted-foreground">
          {[row.name && row.name !== row.destination_id && row.destination_id, targetOf(row)]
            .filter(Boolean)
            .join(" · ")}
        </span>
        {why && (readiness.state === "not_ready" || readiness.state === "degraded") ? (
          <span className="col-[2/-1] text-12">{why.charAt(0).toUpperCase() + why.slice(1)}</span>
        ) : null}
      </span>
    </ListRow>
  );
}
