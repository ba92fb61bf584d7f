"use client";

import { Plus } from "lucide-react";
import { Section } from "@/components/layout/section";
import type { SafetyFormProps } from "@/components/safety/safety-form";
import { ChoiceSelect } from "@/components/settings/choice-select";
import { NumberField } from "@/components/settings/number-field";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { RetentionProfileWire } from "@/lib/contracts/config-safety";
import { ProfileRow } from "./profile-row";

const profilesMax = 50;

/** Named spans, and which of them holds where no project or log source names one. */
export function ProfilesForm({ section, setSafety, errorAt }: SafetyFormProps) {
  const safety = section.safety_defaults;
  const profiles = safety.retention_profiles ?? [];
  const setProfiles = (rows: RetentionProfileWire[]) =>
    setSafety({ retention_profiles: rows.length > 0 ? rows : [] });
  const chosen = safety.retention_profile ?? "default";
  const names = ["default", "forever", ...profiles.map((row) => row.profile_id).filter(Boolean)];
  const options = [...new Set([...names, chosen])].map((value) => ({ value, label: optionWord(value) }));
  return (
    <Section title="Profiles" count={profiles.length > 0 ? profiles.length : undefined}>
      <p className="max-w-160 text-muted-foreground">
        A project or log source names its profile in Sources; the others follow the default. Digests,
        idempotency keys, fingerprints and the audit trail stay whatever a profile says, so that nothing is
        counted or published twice.
      </p>
      <div className="grid gap-4 sm:grid-cols-[minmax(0,280px)_minmax(0,200px)]">
        <ChoiceSelect
          label="Default profile"
          value={chosen}
          options={options}
          error={errorAt("safety_defaults.retention_profile")}
          onChange={(next) => setSafety({ retention_profile: next === "default" ? undefined : next })}
        />
        {chosen === "default" ? (
          <NumberField
            label="Keep records for"
            note="(optional)"
            unit="days"
            min={1}
            max={36_500}
            help="Empty: until somebody deletes them."
            value={safety.retention_days}
            error={errorAt("safety_defaults.retention_days")}
            onChange={(retention_days) => setSafety({ retention_days })}
          />
        ) : null}
      </div>
      {chosen === "default" && safety.retention_days ? (
        <Alert title="Hidden, not erased.">
          This span takes incidents and receipts out of sight and drops evidence; their texts stay in the
          database. A profile that deletes erases them.
        </Alert>
      ) : null}
      <ul className="flex flex-col gap-3">
        {profiles.map((row, index) => (
          <ProfileRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a profile has no name yet while it is typed
            key={index}
            row={row}
            errorAt={(field) => errorAt(`safety_defaults.retention_profiles[${index}]${field}`)}
            onChange={(next) => setProfiles(profiles.map((each, at) => (at === index ? next : each)))}
            onRemove={() => setProfiles(profiles.filter((_, at) => at !== index))}
          />
        ))}
      </ul>
      <Button
        size="sm"
        className="w-fit touch:h-11"
        disabled={profiles.length >= profilesMax}
        onClick={() => setProfiles([...profiles, { profile_id: freeName(profiles), mode: "delete" }])}
      >
        <Plus aria-hidden />
        New profile
      </Button>
    </Section>
  );
}

const optionWord = (name: string) =>
  name === "default" ? "As many days as are set here" : name === "forever" ? "For ever" : name;

function freeName(rows: readonly RetentionProfileWire[]): string {
  for (let number = rows.length + 1; ; number++) {
    const name = `profile-${number}`;
    if (!rows.some((row) => row.profile_id === name)) return name;
  }
}
