"use client";

import { SettingsScreen } from "@/components/settings/settings-screen";
import { SafetyEditor } from "./safety-editor";

/** Settings, Safety defaults. */
export function SafetyScreen() {
  return (
    <SettingsScreen title="Safety defaults">
      {(config, canEdit) => <SafetyEditor config={config} canEdit={canEdit} />}
    </SettingsScreen>
  );
}
