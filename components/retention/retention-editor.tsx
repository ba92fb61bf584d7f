"use client";

import { type SafetyFormProps, safetyKeys } from "@/components/safety/safety-form";
import { messageAt } from "@/components/settings/issue-paths";
import { SettingsSave } from "@/components/settings/settings-save";
import { useConfigCheck } from "@/components/settings/use-config-check";
import { useConfigDraft } from "@/components/settings/use-config-draft";
import type { ConfigWire } from "@/lib/contracts/config";
import { ErasurePanel } from "./erasure-panel";
import { HoldsPanel } from "./holds-panel";
import { ProfilesForm } from "./profiles-form";
import { RetentionPreview } from "./retention-preview";
import { RetentionRuns } from "./retention-runs";

/** Profiles are saved with the safety defaults; holds, erasures and runs act and are told at once. */
export function RetentionEditor({ config, canEdit }: { config: ConfigWire; canEdit: boolean }) {
  const draft = useConfigDraft("safety", safetyKeys, config);
  const check = useConfigCheck(draft.patch, draft.base.updated_at_ms, canEdit);
  const form: SafetyFormProps = {
    section: draft.value,
    update: (part) => draft.update(() => part),
    setSafety: (part) =>
      draft.update(({ safety_defaults }) => ({ safety_defaults: { ...safety_defaults, ...part } })),
    errorAt: (path) => messageAt([...check.errors, ...check.warnings], path),
  };
  return (
    <>
      <div className="relative min-h-0 flex-1 overflow-y-auto">
        <div className="flex max-w-260 flex-col gap-8 px-4 py-5 md:px-6">
          <RetentionPreview unsaved={draft.dirty} />
          <fieldset disabled={!canEdit} className="min-w-0">
            <ProfilesForm {...form} />
          </fieldset>
          <HoldsPanel config={config} canEdit={canEdit} />
          <ErasurePanel config={config} canEdit={canEdit} />
          <RetentionRuns />
        </div>
      </div>
      <SettingsSave draft={draft} canEdit={canEdit} check={check} />
    </>
  );
}
