"use client";

import { GripVertical } from "lucide-react";
import type { HTMLAttributes } from "react";
import { MoveButtons } from "@/components/settings/move-buttons";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import type { RouteWire } from "@/lib/contracts/config";
import { RouteChips } from "./route-chips";
import type { RouteGate } from "./route-gate";
import { RouteNoteLine } from "./route-note-line";
import type { RouteNote } from "./route-notes";
import { RouteSendsTo } from "./route-sends-to";

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
  const { route, place, count, gate, notes, sendsTo, change, selected, canEdit, onSelect, onMove } = props;
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
        <span className="relative z-10 -my-1 flex flex-col opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 max-sm:hidden touch:opacity-100">
          {canEdit && count > 1 ? (
            <MoveButtons name={name} place={place} count={count} onMove={onMove} />
          ) : null}
        </span>
        <RoutePlace place={place} handle={canEdit && count > 1 ? props.handle : null} />
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
          <RouteChips route={route} notes={notes} />
        </div>
        <RouteSendsTo gate={gate} ids={sendsTo} isDefault={route.destination_ids.length === 0} />
      </div>
      <RowNotes {...props} />
    </li>
  );
}

type RoutePlaceProps = { place: number; handle: HTMLAttributes<HTMLElement> | null };

/** Its number, and under it what it is dragged by. */
function RoutePlace({ place, handle }: RoutePlaceProps) {
  return (
    <span className="relative flex flex-col items-center font-medium text-muted-foreground">
      {place + 1}
      {handle ? (
        <span
          aria-hidden
          title="Drag to another place"
          data-drag-handle
          className="z-10 grid size-6 cursor-grab touch-none place-items-center opacity-0 group-hover:opacity-100 active:cursor-grabbing max-sm:hidden touch:opacity-100"
          {...handle}
        >
          <GripVertical className="size-3.5" />
        </span>
      ) : null}
    </span>
  );
}

/** Under the row what is amiss with it. */
function RowNotes({ notes, aboveOf, canEdit, onMove }: RouteRowProps) {
  if (notes.length === 0) return null;
  return (
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
  );
}
