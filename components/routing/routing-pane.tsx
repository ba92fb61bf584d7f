"use client";

import { useState } from "react";
import type { ConfigDraft } from "@/components/settings/use-config-draft";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import type { RouteWire } from "@/lib/contracts/config";
import { BacktestPane } from "./backtest-pane";
import { DefaultsPane } from "./defaults-pane";
import type { routingKeys } from "./edit-routes";
import { knownValues } from "./known-values";
import { RoutePane } from "./route-pane";
import { TryRecord } from "./try-record";

/** Names the preview in the address, as a route's id names the route. No id may contain a star. */
export const tryId = "*try";
export const defaultsId = "*";

type RoutingPaneProps = {
  draft: ConfigDraft<(typeof routingKeys)[number]>;
  ordered: readonly RouteWire[];
  /** Of the chosen route among the stored ones; -1 without one. */
  index: number;
  selected: string | null;
  canEdit: boolean;
  errorAt: (field: string) => string | undefined;
  onSelect: (id: string | null) => void;
  onChange: (route: RouteWire) => void;
  onMove: (place: number) => void;
  onRemove: () => void;
};

/** Beside the routes: the chosen one, or a record to try. */
export function RoutingPane(props: RoutingPaneProps) {
  const { draft, ordered, index, selected, canEdit, errorAt, onSelect } = props;
  const { value, base } = draft;
  const route = value.routes[index];
  const editing = route !== undefined || selected === defaultsId;
  // Choosing a row shows it; after that the tab is the reader's until another row is chosen.
  const [view, setView] = useState({ of: selected, tab: "" });
  const chosen = view.of === selected ? view.tab : "";
  const tab = chosen === "backtest" || (editing && chosen) ? chosen : editing ? "route" : "try";
  return (
    <Tabs
      value={tab}
      onValueChange={(next) => setView({ of: selected, tab: next })}
      className="px-4 py-3 md:px-6"
    >
      <TabsList className="mb-4">
        {editing ? (
          <TabsTrigger value="route">{selected === defaultsId ? "Defaults" : "Route"}</TabsTrigger>
        ) : null}
        <TabsTrigger value="try">Try a record</TabsTrigger>
        <TabsTrigger value="backtest">Backtest</TabsTrigger>
      </TabsList>
      <TabsContent value="route">
        {route ? (
          <RoutePane
            route={route}
            isNew={!base.routes.some((saved) => saved.route_id === route.route_id)}
            takenIds={value.routes.filter((other) => other !== route).map((other) => other.route_id)}
            place={ordered.findIndex((each) => each === route)}
            count={ordered.length}
            destinations={base.destinations}
            defaultIds={value.default_destination_ids}
            canEdit={canEdit}
            suggestionsFor={(field) => knownValues(field, base, value.routes)}
            errorAt={errorAt}
            onChange={props.onChange}
            onMove={props.onMove}
            onRemove={props.onRemove}
            onBack={() => onSelect(null)}
          />
        ) : (
          <DefaultsPane
            ids={value.default_destination_ids}
            destinations={base.destinations}
            canEdit={canEdit}
            onChange={(ids) => draft.update(() => ({ default_destination_ids: ids }))}
            onBack={() => onSelect(null)}
          />
        )}
      </TabsContent>
      <TabsContent value="try" forceMount className="data-[state=inactive]:hidden">
        <TryRecord config={base} edited={draft.dirty} onBack={() => onSelect(null)} />
      </TabsContent>
      <TabsContent value="backtest" forceMount className="data-[state=inactive]:hidden">
        <BacktestPane patch={draft.patch} ordered={ordered} onBack={() => onSelect(null)} />
      </TabsContent>
    </Tabs>
  );
}
