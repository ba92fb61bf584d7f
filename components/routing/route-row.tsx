"use client";

import { GripHorizontal } from "lucide-react";
import type { HTMLAttributes } from "react";
import { MoveButtons } from "@/components/settings/move-buttons";
import { ConditionChip } from "@/components/state/condition-chip";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import type { RouteWire } from "@/lib/contracts/config";
import { conditionValues, conditionWords, fieldWord, opWord } from "./condition-ops";
import { isCatchAll, setConditions } from "./conditions";
import type { RouteGate } from "./route-gate";
import { RouteNoteLine } from "./route-note-line";
import type { RouteNote } from "./route-notes";
import { RouteSendsTo } from "./route-sends-to";
import { windowWords } from "./window-words";

type RouteRowProps = {
  route: RouteWire;
  place: number;
  count: number;
  gate: RouteGate;
  notes: readonly RouteNote[];
  aboveOf: (note: RouteNote) => number | undefined;
  /** Where it sends, its own or the defaults. */
  sendsTo: readonly string[];
  change: "new" | "edited" | null;
  selected: boolean;
  canEdit: boolean;
  onSelect: () => void;
  onMove: (place: number) => void;
  /** What makes its handle drag it. */
  handle: HTMLAttributes<HTMLElement>;
  /** Where a row that is being dragged would come to lie. */
  dropEdge: "above" | "below" | null;
  dragged: boolean;
};

export const routeColumns =
  "grid grid-cols-[20px_minmax(0,1fr)] gap-x-2.5 gap-y-1 sm:grid-cols-[24px_16px_minmax(0,1fr)_20px_112px_92px]";

/** A route as a sentence: its place, when, the gate, where to, and what it asks of a person. */
export function RouteRow(props: RouteRowProps) {
  const { route, place, count, gate, notes, aboveOf, sendsTo, change, selected, canEdit, onSelect, onMove } =
    props;
  const chips = setConditions(route);
  const name = route.name || (change === "new" ? "New route" : route.route_id);
  return (
    <li
      data-place={place}
      className={cn(
        "group relative border-b border-border px-3 py-2.5 hover:bg-muted",
        selected && "bg-primary-soft shadow-[inset_2px_0_0_var(--primary)] hover:bg-primary-soft",
        !route.enabled && "text-muted-foreground",
        props.dragged && "opacity-60",
        props.dropEdge === "above" && "border-t-2 border-t-primary",
        props.dropEdge === "below" && "border-b-2 border-b-primary",
      )}
    >
      <div className={routeColumns}>
        <span className="relative z-10 -my-1 flex flex-col items-center opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 max-sm:hidden touch:opacity-100">
          {canEdit && count > 1 ? (
            <>
              <MoveButtons name={name} place={place} count={count} onMove={onMove} />
              <span
                aria-hidden
                title="Drag to another place"
                data-drag-handle
                className="grid h-5 w-6 cursor-grab touch-none place-items-center text-muted-foreground active:cursor-grabbing"
                {...props.handle}
              >
                <GripHorizontal className="size-3.5" />
              </span>
            </>
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
            {route.mode === "shadow" ? <Badge>shadow</Badge> : null}
            {change ? <Badge variant="edited">{change}</Badge> : null}
          </div>
          <div className="flex min-w-0 flex-wrap gap-1">
            {isCatchAll(route) ? <span className="text-12 text-muted-foreground">every record</span> : null}
            {chips.map(({ field, word }) => (
              <ConditionChip
                key={field}
                field={word}
                values={route[field]}
                outcome={notes.some((note) => note.field === field) ? "dead" : undefined}
              />
            ))}
            {(route.conditions ?? []).map((condition) => (
              <ConditionChip
                key={conditionWords(condition)}
                field={fieldWord[condition.field]}
                operator={opWord(condition)}
                values={conditionValues(condition)}
              />
            ))}
            {(route.active_windows ?? []).map((window) => (
              <ConditionChip
                key={windowWords(window)}
                field="time"
                operator="within"
                values={[windowWords(window)]}
              />
            ))}
            {route.continue ? (
              <span className="text-12 leading-[22px] text-muted-foreground">then looks on</span>
            ) : null}
          </div>
        </div>
        <RouteSendsTo gate={gate} ids={sendsTo} isDefault={route.destination_ids.length === 0} />
      </div>
      {notes.length > 0 ? (
        <div className="mt-2 flex flex-col gap-1 pl-7 sm:pl-[50px]">
          {notes.map((note) => (
            <RouteNoteLine
              key={note.key}
              note={note}
              above={aboveOf(note)}
              onMove={canEdit ? onMove : undefined}
            />
          ))}
        </div>
      ) : null}
    </li>
  );
}
