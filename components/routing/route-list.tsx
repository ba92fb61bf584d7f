"use client";

import { Plus } from "lucide-react";
import { useAnnounce } from "@/components/layout/announcer";
import { sameJson } from "@/components/settings/config-section";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { ConfigWire, RouteWire } from "@/lib/contracts/config";
import { DefaultsRow } from "./defaults-row";
import type { RoutingSection } from "./edit-routes";
import { routeGate } from "./route-gate";
import { placeAbove, type RouteNote } from "./route-notes";
import { RouteNotesList } from "./route-notes-list";
import { RouteRow, routeColumns } from "./route-row";
import { useRowDrag } from "./use-row-drag";

type RouteListProps = {
  ordered: readonly RouteWire[];
  section: RoutingSection;
  notes: readonly RouteNote[];
  base: ConfigWire;
  selectedId: string | null;
  defaultsSelected: boolean;
  canEdit: boolean;
  onSelect: (id: string) => void;
  onSelectDefaults: () => void;
  onTry: () => void;
  onAdd: () => void;
  onMove: (id: string, place: number) => void;
};

/** The routes in the order they are tried, and what happens when none matches. */
export function RouteList(props: RouteListProps) {
  const { ordered, section, notes, base, selectedId, canEdit, onSelect, onMove } = props;
  const announce = useAnnounce();
  const drag = useRowDrag((from, to) => {
    const route = ordered[from];
    if (!route) return;
    onMove(route.route_id, to);
    announce(`${route.name || route.route_id} is now ${to + 1} of ${ordered.length}.`);
  });
  return (
    <>
      <RouteListHead canEdit={canEdit} onAdd={props.onAdd} onTry={props.onTry} />
      <RouteNotesList notes={notes} ordered={ordered} onSelect={onSelect} />
      <ColumnHeads />
      <ol
        ref={drag.list}
        aria-label="Routes, in the order they are tried"
        className="max-sm:border-t max-sm:border-border"
      >
        {ordered.map((route, index) => (
          <RouteRow
            key={route.route_id}
            route={route}
            place={index}
            count={ordered.length}
            gate={routeGate(withDefaults(route, section), base)}
            notes={notes.filter((note) => note.routeId === route.route_id)}
            aboveOf={(note) => placeAbove(note, ordered)}
            handle={drag.handle(index)}
            dropEdge={drag.edgeOf(index)}
            dragged={drag.draggedPlace === index}
            sendsTo={withDefaults(route, section).destination_ids}
            change={changeOf(route, base)}
            selected={route.route_id === selectedId}
            canEdit={canEdit}
            onSelect={() => onSelect(route.route_id)}
            onMove={(place) => onMove(route.route_id, place)}
          />
        ))}
      </ol>
      <DefaultsRow
        hasRoutes={ordered.length > 0}
        ids={section.default_destination_ids}
        gate={routeGate(
          { approval_policy: "inherit", destination_ids: section.default_destination_ids },
          base,
        )}
        edited={!sameJson(section.default_destination_ids, base.default_destination_ids)}
        selected={props.defaultsSelected}
        onSelect={props.onSelectDefaults}
      />
    </>
  );
}

function withDefaults(route: RouteWire, section: RoutingSection): RouteWire {
  return route.destination_ids.length > 0
    ? route
    : { ...route, destination_ids: section.default_destination_ids };
}

function changeOf(route: RouteWire, base: ConfigWire): "new" | "edited" | null {
  const saved = base.routes.find((each) => each.route_id === route.route_id);
  if (!saved) return "new";
  return sameJson(saved, route) ? null : "edited";
}

type RouteListHeadProps = Pick<RouteListProps, "canEdit" | "onAdd" | "onTry">;

function RouteListHead({ canEdit, onAdd, onTry }: RouteListHeadProps) {
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 pt-4 pb-3">
      <div className="min-w-0 flex-1 basis-60">
        <h2 className="text-14 font-semibold">First matching route wins, top to bottom</h2>
        <p className="text-12 text-muted-foreground">All conditions must hold; any value in one is enough.</p>
      </div>
      <Button size="sm" onClick={onTry} className="md:hidden touch:h-11">
        Try a record
      </Button>
      {canEdit ? (
        <Button size="sm" onClick={onAdd} className="touch:h-11">
          <Plus aria-hidden />
          Add route
        </Button>
      ) : null}
    </div>
  );
}

function ColumnHeads() {
  return (
    <div
      aria-hidden
      className={cn(
        routeColumns,
        "border-b border-border px-3 pb-1.5 text-12 text-muted-foreground max-sm:hidden",
      )}
    >
      <span className="col-start-3">When</span>
      <span />
      <span>Send to</span>
      <span>Approval</span>
    </div>
  );
}
