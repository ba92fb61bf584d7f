"use client";

import { SettingsScreen } from "@/components/settings/settings-screen";
import { SourcesEditor } from "./sources-editor";

/** Settings, Sources. `selected` is the project the address names. */
export function SourcesScreen({ selected }: { selected: string | null }) {
  return (
    <SettingsScreen section="sources">
      {(config, canEdit) => <SourcesEditor config={config} canEdit={canEdit} initial={selected} />}
    </SettingsScreen>
  );
}
