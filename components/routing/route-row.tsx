"use client";

import { MoveButtons } from "@/components/settings/move-buttons";
import { ConditionChip } from "@/components/state/condition-chip";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import type { RouteWire } from "@/lib/contracts/config";
import { isCatchAll, setConditions } from "./conditions";
import type { RouteLint } from "./lint-routes";
import type { RouteGate } from "./route-gate";
import { RouteLintNote } from "./route-lint-note";
import { RouteSendsTo } from "./route-sends-to";

type RouteRowProps = {
  route: RouteWire;
  place: number;
  count: number;
  gate: RouteGate;
  lints: readonly RouteLint[];
  /** Where it sends, its own or the defaults. */
  sendsTo: readonly string[];
  change: "new" | "edited" | null;
  selected: boolean;
  canEdit: boolean;
  onSelect: () => void;
  onMove: (place: number) => void;
};

export const routeColumns =
  "grid grid-cols-[20px_minmax(0,1fr)] gap-x-2.5 gap-y-1 sm:grid-cols-[24px_16px_minmax(0,1fr)_20px_112px_92px]";

/** A route as a sentence: its place, when, the gate, where to, and what it asks of a person. */
export function RouteRow(props: RouteRowProps) {
  const { route, place, count, gate, lints, sendsTo, change, selected, canEdit, onSelect, onMove } = props;
  const chips = setConditions(route);
  const name = route.name || (change === "new" ? "New route" : route.route_id);
  return (
    <li
      className={cn(
        "group relative border-b border-border px-3 py-2.5 hover:bg-muted",
        selected && "bg-primary-soft shadow-[inset_2px_0_0_var(--primary)] hover:bg-primary-soft",
        !route.enabled && "text-muted-foreground",
      )}
    >
      <div className={routeColumns}>
        <span className="relative z-10 -my-1 flex flex-col opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 max-sm:hidden touch:opacity-100">
          {canEdit && count > 1 ? (
            <MoveButtons name={name} place={place} count={count} onMove={onMove} />
          ) : null}
        </span>
        <span className="font-medium text-muted-foreground">{place + 1}</span>
        <div className="flex min-w-0 flex-col gap-1">
          <div className="flex min-w-0 items-baseline gap-2">
            <button
              type="button"
              onClick={onSelect}
              aria-current={selected ? "true" : undefined}
              className="truncate text-left font-semibold after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
            >
              {name}
            </button>
            {route.enabled ? null : <Badge>disabled</Badge>}
            {change ? <Badge variant="edited">{change}</Badge> : null}
          </div>
          <div className="flex min-w-0 flex-wrap gap-1">
            {isCatchAll(route) ? <span className="text-12 text-muted-foreground">every record</span> : null}
            {chips.map(({ field, word }) => (
              <ConditionChip
                key={field}
                field={word}
                values={route[field]}
                outcome={lints.some((lint) => lint.field === field) ? "dead" : undefined}
              />
            ))}
          </div>
        </div>
        <RouteSendsTo gate={gate} ids={sendsTo} isDefault={route.destination_ids.length === 0} />
      </div>
      {lints.length > 0 ? (
        <div className="mt-2 flex flex-col gap-1 pl-7 sm:pl-[50px]">
          {lints.map((lint) => (
            <RouteLintNote key={lint.code} lint={lint} onMove={canEdit ? onMove : undefined} />
          ))}
        </div>
      ) : null}
    </li>
  );
}
