"use client";

import { SettingsScreen } from "@/components/settings/settings-screen";
import { SafetyEditor } from "./safety-editor";

/** Settings, Safety defaults. */
export function SafetyScreen() {
  return (
    <SettingsScreen section="safety">
      {(config, canEdit) => <SafetyEditor config={config} canEdit={canEdit} />}
    </SettingsScreen>
  );
}
