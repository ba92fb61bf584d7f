"use client";

import { TriangleAlert } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import type { RouteGate } from "./route-gate";
import { routeColumns } from "./route-row";
import { RouteSendsTo } from "./route-sends-to";

type DefaultsRowProps = {
  hasRoutes: boolean;
  ids: readonly string[];
  gate: RouteGate;
  edited: boolean;
  selected: boolean;
  onSelect: () => void;
};

/** The last line of every routing: where a record goes that no route takes. */
export function DefaultsRow({ hasRoutes, ids, gate, edited, selected, onSelect }: DefaultsRowProps) {
  return (
    <div
      className={cn(
        "relative border-b border-border px-3 py-2.5 hover:bg-muted",
        selected && "bg-primary-soft shadow-[inset_2px_0_0_var(--primary)] hover:bg-primary-soft",
      )}
    >
      <div className={routeColumns}>
        <span className="max-sm:hidden" />
        <span aria-hidden className="text-muted-foreground">
          –
        </span>
        <div className="min-w-0">
          <div className="flex min-w-0 items-baseline gap-2">
            <button
              type="button"
              onClick={onSelect}
              aria-current={selected ? "true" : undefined}
              className="truncate text-left font-semibold after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
            >
              {hasRoutes ? "No route matched" : "Every record"}
            </button>
            {edited ? <Badge variant="edited">edited</Badge> : null}
          </div>
          <p className="text-12 text-muted-foreground">Default destinations</p>
        </div>
        <RouteSendsTo gate={gate} ids={ids} isDefault={false} />
      </div>
      {ids.length === 0 ? (
        <p className="mt-2 flex gap-1.5 pl-7 text-12 sm:pl-[50px]">
          <TriangleAlert aria-hidden className="mt-px size-3.5 text-state-waiting" />
          <span>
            <b className="font-semibold">No default.</b> A record without a matching route is blocked until it
            has one.
          </span>
        </p>
      ) : null}
    </div>
  );
}
