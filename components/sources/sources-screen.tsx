"use client";

import { SettingsScreen } from "@/components/settings/settings-screen";
import { SourcesEditor } from "./sources-editor";
import type { InitialSource } from "./use-chosen-source";

/** Settings, Sources. `initial`: the project, and the log source of it, that the address names. */
export function SourcesScreen({ initial }: { initial: InitialSource }) {
  return (
    <SettingsScreen section="sources">
      {(config, canEdit) => <SourcesEditor config={config} canEdit={canEdit} initial={initial} />}
    </SettingsScreen>
  );
}
