"use client";

import { RedactionProfileSelect } from "@/components/settings/redaction-profile-select";
import { ApprovalSwitch } from "./approval-switch";
import type { DestinationFormProps } from "./destination-form";
import { withSetting } from "./webhook-settings";

/** What every kind has: its own approval rule, its tags, and how strictly what goes there is redacted. */
export function DestinationTerms(props: DestinationFormProps) {
  const { row, fallbacks, onChange, errorAt } = props;
  const profile = row.config?.redaction_profile;
  return (
    <>
      <ApprovalSwitch {...props} />
      <RedactionProfileSelect
        label="Redaction profile"
        className="sm:max-w-72"
        value={typeof profile === "string" ? profile : undefined}
        inherits={`The default: ${fallbacks.redactionProfile}`}
        error={errorAt("config.redaction_profile")}
        onChange={(next) => onChange({ ...row, config: withSetting(row.config, "redaction_profile", next) })}
      />
    </>
  );
}
