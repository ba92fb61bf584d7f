"use client";

import { destinationKinds, kindNames } from "@/components/destinations/kinds";
import { Section } from "@/components/layout/section";
import { ChipField } from "@/components/settings/chip-field";
import { ChoiceSelect } from "@/components/settings/choice-select";
import { riskLevels } from "@/components/settings/words";
import { Checkbox } from "@/components/ui/checkbox";
import { Choice } from "@/components/ui/choice";
import { FieldSet } from "@/components/ui/field-set";
import type { SafetyFormProps } from "./safety-form";

const unset = "*";

/** What counts as high risk beside the levels high and critical. */
export function HighRiskFields({ section, setSafety, errorAt }: SafetyFormProps) {
  const safety = section.safety_defaults;
  const kinds = safety.high_risk_destination_kinds;
  const level = safety.minimum_risk_level ?? unset;
  const known = [unset, ...riskLevels].includes(level);
  return (
    <Section title="What counts as high risk">
      <p className="text-muted-foreground">The levels high and critical always do. Besides them:</p>
      <div className="flex flex-col gap-4">
        <ChoiceSelect
          label="Count every report at least as"
          className="sm:max-w-72"
          value={level}
          options={[
            { value: unset, label: "What it says itself" },
            ...(known ? [] : [{ value: level, label: level }]),
            ...riskLevels.map((each) => ({ value: each as string, label: each })),
          ]}
          help="A report may say more, never less. High or critical makes everything high risk."
          error={errorAt("safety_defaults.minimum_risk_level")}
          onChange={(next) => setSafety({ minimum_risk_level: next === unset ? undefined : next })}
        />
        <ChipField
          label="Risk categories"
          note="(optional)"
          values={safety.high_risk_categories}
          suggestions={["security", "privacy", "payments", "data_loss", "compliance"]}
          placeholder="security, payments"
          help="A report of one of these is high risk whatever its level."
          error={errorAt("safety_defaults.high_risk_categories")}
          onChange={(high_risk_categories) => setSafety({ high_risk_categories })}
        />
        <FieldSet
          legend="Kinds of destination"
          help="What goes to one of these is high risk whatever its level."
        >
          <div className="grid gap-1 sm:grid-cols-2">
            {kindNames.map((kind) => (
              <Choice key={kind} label={destinationKinds[kind].long}>
                <Checkbox
                  checked={kinds.includes(kind)}
                  onCheckedChange={(checked) =>
                    setSafety({
                      high_risk_destination_kinds:
                        checked === true ? [...kinds, kind] : kinds.filter((other) => other !== kind),
                    })
                  }
                />
              </Choice>
            ))}
          </div>
        </FieldSet>
      </div>
    </Section>
  );
}
