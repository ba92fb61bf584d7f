"use client";

import { SafetyNav } from "@/components/retention/safety-nav";
import { SettingsScreen } from "@/components/settings/settings-screen";
import { SafetyEditor } from "./safety-editor";

/** Settings, Safety defaults. */
export function SafetyScreen() {
  return (
    <SettingsScreen section="safety" nav={<SafetyNav />}>
      {(config, canEdit) => <SafetyEditor config={config} canEdit={canEdit} />}
    </SettingsScreen>
  );
}
