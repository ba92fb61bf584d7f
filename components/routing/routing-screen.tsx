"use client";

import { SettingsScreen } from "@/components/settings/settings-screen";
import { RoutingEditor } from "./routing-editor";

/** Settings, Routing. `selected` is the route the address names. */
export function RoutingScreen({ selected }: { selected: string | null }) {
  return (
    <SettingsScreen section="routing">
      {(config, canEdit) => <RoutingEditor config={config} canEdit={canEdit} initial={selected} />}
    </SettingsScreen>
  );
}
