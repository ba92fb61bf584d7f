"use client";

import { SafetyNav } from "@/components/retention/safety-nav";
import { SettingsScreen } from "@/components/settings/settings-screen";
import { RedactionEditor } from "./redaction-editor";

/** Settings, Safety defaults, Redaction: profiles, trying them side by side, and what is stored already. */
export function RedactionScreen() {
  return (
    <SettingsScreen section="safety" nav={<SafetyNav />}>
      {(config, canEdit) => <RedactionEditor config={config} canEdit={canEdit} />}
    </SettingsScreen>
  );
}
