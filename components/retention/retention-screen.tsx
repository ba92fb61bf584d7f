"use client";

import { SettingsScreen } from "@/components/settings/settings-screen";
import { RetentionEditor } from "./retention-editor";
import { SafetyNav } from "./safety-nav";

/** Settings, Safety defaults, Retention: how long what is kept, what stops it, and what went. */
export function RetentionScreen() {
  return (
    <SettingsScreen section="safety" nav={<SafetyNav />}>
      {(config, canEdit) => <RetentionEditor config={config} canEdit={canEdit} />}
    </SettingsScreen>
  );
}
