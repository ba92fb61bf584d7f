"use client";

import Link from "next/link";
import { Section } from "@/components/layout/section";
import { RedactionProfileSelect } from "@/components/settings/redaction-profile-select";
import { Redaction } from "@/components/state/redaction";
import { StateLabel } from "@/components/state/state-label";
import { Alert } from "@/components/ui/alert";
import { redactionPath } from "@/lib/paths";
import { RedactionTester } from "./redaction-tester";
import type { SafetyFormProps } from "./safety-form";

type RedactionRulesProps = SafetyFormProps & { canEdit: boolean };

/** What is taken out of every text, and a place to try it. */
export function RedactionRules({ section, setSafety, errorAt, canEdit }: RedactionRulesProps) {
  const safety = section.safety_defaults;
  return (
    <Section title="Redaction" aside={<StateLabel state="destinationReady" word="Always on" />}>
      <p>
        Secrets, tokens and card numbers are taken out before anything is stored and again before anything
        leaves. In their place stands what was removed: <Redaction kind="bearer_token" />. This cannot be
        switched off.
      </p>
      <p className="text-12 text-muted-foreground">
        Profiles of your own, comparing them, and reading again what is stored are under{" "}
        <Link href={redactionPath()} className="link">
          Redaction
        </Link>
        .
      </p>
      {safety.redact_secrets ? null : (
        <Alert tone="idle" title="A script has set redact_secrets to off.">
          It is kept as it was given and has no effect: nothing is stored or sent unredacted.
        </Alert>
      )}
      <div className="flex flex-col gap-4">
        <fieldset disabled={!canEdit} className="flex min-w-0 flex-col sm:max-w-72">
          <RedactionProfileSelect
            label="Profile"
            value={safety.redaction_profile}
            error={errorAt("safety_defaults.redaction_profile")}
            onChange={(profile) => setSafety({ redaction_profile: profile ?? "standard" })}
          />
        </fieldset>
        <RedactionTester profile={safety.redaction_profile} canTest={canEdit} />
      </div>
    </Section>
  );
}
