"use client";

import { SettingsScreen } from "@/components/settings/settings-screen";
import { DestinationsEditor } from "./destinations-editor";

/** Settings, Destinations. `selected` is the row the address names. */
export function DestinationsScreen({ selected }: { selected: string | null }) {
  return (
    <SettingsScreen section="destinations">
      {(config, canEdit) => <DestinationsEditor config={config} canEdit={canEdit} initial={selected} />}
    </SettingsScreen>
  );
}
