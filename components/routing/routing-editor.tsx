"use client";

import { messageAt } from "@/components/settings/issue-paths";
import { SettingsSave } from "@/components/settings/settings-save";
import { SplitPane } from "@/components/settings/split-pane";
import { useConfigCheck } from "@/components/settings/use-config-check";
import { type ConfigDraft, useConfigDraft } from "@/components/settings/use-config-draft";
import { useUrlSelection } from "@/components/settings/use-url-selection";
import { plural } from "@/components/settings/words";
import type { ConfigWire, RouteWire } from "@/lib/contracts/config";
import { inOrder, moveTo, newRoute, replaceRoute, routingKeys, tidyRoute } from "./edit-routes";
import { RouteList } from "./route-list";
import { RoutingPane, tryId } from "./routing-pane";
import { useRouteNotes } from "./use-route-notes";

type RoutingEditorProps = { config: ConfigWire; canEdit: boolean; initial: string | null };

export function RoutingEditor({ config, canEdit, initial }: RoutingEditorProps) {
  const draft = useConfigDraft("routing", routingKeys, config);
  const check = useConfigCheck(draft.patch, draft.base.updated_at_ms, canEdit);
  const { selected, select } = useUrlSelection("route", initial);
  const { routes } = draft.value;
  const ordered = inOrder(routes);
  const index = routes.findLastIndex((route) => route.route_id === selected);
  const notes = useRouteNotes(draft, check);
  const warnings = notes.filter((note) => note.severity !== "info").length;

  const { setRoutes, add, change, remove } = routeEdits(draft, selected, select);

  return (
    <>
      <SplitPane
        paneWidth="aside"
        paneLabel="Route and preview"
        paneOpen={selected !== null}
        list={
          <RouteList
            ordered={ordered}
            section={draft.value}
            notes={notes}
            base={draft.base}
            selectedId={index === -1 ? null : selected}
            defaultsSelected={selected === "*"}
            canEdit={canEdit}
            onSelect={(id) => select(id)}
            onSelectDefaults={() => select("*")}
            onTry={() => select(tryId)}
            onAdd={add}
            onMove={(id, place) => setRoutes((all) => moveTo(all, id, place))}
          />
        }
        pane={
          <RoutingPane
            draft={draft}
            ordered={ordered}
            index={index}
            selected={selected}
            canEdit={canEdit}
            errorAt={(field) => messageAt(check.errors, `routes[${index}].${field}`)}
            onSelect={select}
            onChange={change}
            onMove={(place) => selected !== null && setRoutes((all) => moveTo(all, selected, place))}
            onRemove={remove}
          />
        }
      />
      <SettingsSave
        draft={draft}
        canEdit={canEdit}
        check={check}
        remark={warnings > 0 ? `${plural(warnings, "warning")}, none of which blocks saving` : undefined}
      />
    </>
  );
}

type Draft = ConfigDraft<(typeof routingKeys)[number]>;
type Select = (id: string | null, unlisted?: boolean) => void;

/** What can be done to the list of routes, and to the chosen one. */
function routeEdits(draft: Draft, selected: string | null, select: Select) {
  const setRoutes = (change: (routes: RouteWire[]) => RouteWire[]) =>
    draft.update((section) => ({ routes: change(section.routes) }));
  return {
    setRoutes,
    add: () => {
      const fresh = newRoute(draft.value.routes);
      setRoutes((all) => [...all, fresh]);
      select(fresh.route_id, true);
    },
    change: (route: RouteWire) => {
      if (selected === null) return;
      const saved = draft.base.routes.find((each) => each.route_id === selected);
      setRoutes((all) => replaceRoute(all, selected, tidyRoute(route, saved)));
      if (route.route_id !== selected) select(route.route_id, true);
    },
    remove: () => {
      setRoutes((all) => all.filter((route) => route.route_id !== selected));
      select(null);
    },
  };
}
