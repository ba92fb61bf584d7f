"use client";

import { useState } from "react";
import { Section } from "@/components/layout/section";
import { useSettled } from "@/components/layout/use-settled";
import { redactionCall } from "@/components/safety/redaction-call";
import { TesterCopy } from "@/components/safety/tester-copy";
import { TextToTry } from "@/components/safety/text-to-try";
import { Checkbox } from "@/components/ui/checkbox";
import { Choice } from "@/components/ui/choice";
import type { SafetyDefaultsWire } from "@/lib/contracts/config";
import { TestedBy } from "./tested-by";

type CompareTesterProps = {
  /** As they stand in the form, saved or not. */
  safety: SafetyDefaultsWire;
  canTest: boolean;
};

/** Paste a text, choose profiles, and see side by side what each would leave of it, and which rule took what. */
export function CompareTester({ safety, canTest }: CompareTesterProps) {
  const own = safety.redaction_profiles ?? [];
  const names = [...new Set(["standard", "strict", ...own.map((row) => row.profile_id).filter(Boolean)])];
  const [text, setText] = useState("");
  const settled = useSettled(text);
  const [left, setLeft] = useState<readonly string[]>([]);
  const chosen = names.filter((name) => !left.includes(name));
  return (
    <Section
      title="Try a text"
      aside={
        <TesterCopy call={() => redactionCall(location.origin, chosen[0] ?? safety.redaction_profile)} />
      }
    >
      <fieldset disabled={!canTest} className="flex min-w-0 flex-wrap gap-x-5 gap-y-2">
        <legend className="mb-1 text-12 font-medium">Profiles to compare</legend>
        {names.map((name) => (
          <Choice key={name} label={name}>
            <Checkbox
              checked={chosen.includes(name)}
              onCheckedChange={(checked) =>
                setLeft(checked === true ? left.filter((each) => each !== name) : [...left, name])
              }
            />
          </Choice>
        ))}
      </fieldset>
      <TextToTry label="Text to try" text={text} canTest={canTest} onChange={setText} />
      {settled === "" ? null : (
        <div aria-live="polite" className="grid gap-4 md:grid-cols-2">
          {chosen.length === 0 ? (
            <p className="text-muted-foreground">Choose a profile to see what it would leave.</p>
          ) : (
            chosen.map((name) => (
              <TestedBy
                key={name}
                name={name}
                unsaved={own.find((row) => row.profile_id === name)}
                text={settled}
                stale={settled !== text}
              />
            ))
          )}
        </div>
      )}
    </Section>
  );
}
