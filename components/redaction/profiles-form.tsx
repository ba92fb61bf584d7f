"use client";

import { Plus } from "lucide-react";
import { Section } from "@/components/layout/section";
import type { SafetyFormProps } from "@/components/safety/safety-form";
import { RedactionProfileSelect } from "@/components/settings/redaction-profile-select";
import { Button } from "@/components/ui/button";
import type { RedactionProfileWire } from "@/lib/contracts/config-safety";
import { ProfileRow } from "./profile-row";

const profilesMax = 20;

/** What is taken out besides secrets, under names that sources and destinations choose from. */
export function ProfilesForm({ section, setSafety, errorAt }: SafetyFormProps) {
  const safety = section.safety_defaults;
  const profiles = safety.redaction_profiles ?? [];
  const setProfiles = (redaction_profiles: RedactionProfileWire[]) => setSafety({ redaction_profiles });
  return (
    <Section title="Profiles" count={profiles.length > 0 ? profiles.length : undefined}>
      <p className="max-w-160 text-muted-foreground">
        Secrets, keys and card numbers go under every profile. A source's profile is applied before anything
        is stored, a destination's to what it is sent: changing one ends the approvals that showed the text by
        the other.
      </p>
      <RedactionProfileSelect
        label="Default profile"
        className="sm:max-w-72"
        value={safety.redaction_profile}
        profiles={profiles}
        error={errorAt("safety_defaults.redaction_profile")}
        onChange={(profile) => setSafety({ redaction_profile: profile ?? "standard" })}
      />
      <ul className="flex flex-col gap-3">
        {profiles.map((row, index) => (
          <ProfileRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a profile has no name yet while it is typed
            key={index}
            row={row}
            errorAt={(field) => errorAt(`safety_defaults.redaction_profiles[${index}]${field}`)}
            onChange={(next) => setProfiles(profiles.map((each, at) => (at === index ? next : each)))}
            onRemove={() => setProfiles(profiles.filter((_, at) => at !== index))}
          />
        ))}
      </ul>
      <Button
        size="sm"
        className="w-fit touch:h-11"
        disabled={profiles.length >= profilesMax}
        onClick={() =>
          setProfiles([...profiles, { profile_id: freeName(profiles), personal_data: ["email"] }])
        }
      >
        <Plus aria-hidden />
        New profile
      </Button>
    </Section>
  );
}

function freeName(rows: readonly RedactionProfileWire[]): string {
  for (let number = rows.length + 1; ; number++) {
    const name = `profile-${number}`;
    if (!rows.some((row) => row.profile_id === name)) return name;
  }
}
