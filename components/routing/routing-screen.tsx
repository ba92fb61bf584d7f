"use client";

import { SettingsScreen } from "@/components/settings/settings-screen";
import { RoutingEditor } from "./routing-editor";
import { RoutingNav } from "./routing-nav";

/** Settings, Routing. `selected` is the route the address names. */
export function RoutingScreen({ selected }: { selected: string | null }) {
  return (
    <SettingsScreen section="routing" nav={<RoutingNav />}>
      {(config, canEdit) => <RoutingEditor config={config} canEdit={canEdit} initial={selected} />}
    </SettingsScreen>
  );
}
