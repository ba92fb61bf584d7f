"use client";

import { Section } from "@/components/layout/section";
import { NumberField } from "@/components/settings/number-field";
import { Choice } from "@/components/ui/choice";
import { FieldSet } from "@/components/ui/field-set";
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import type { SafetyFormProps } from "./safety-form";

const hourMs = 3_600_000;

/** What an approval covers and how long it holds. */
export function ApprovalTerms({ section, setSafety, errorAt }: SafetyFormProps) {
  const safety = section.safety_defaults;
  return (
    <Section title="What an approval is good for">
      <div className="flex flex-col gap-4">
        <NumberField
          label="It holds for"
          className="sm:max-w-48"
          unit="hours"
          min={1}
          max={8_760}
          fallback={72}
          help="After that a person must approve again."
          value={Math.round(safety.approval_ttl_ms / hourMs)}
          error={errorAt("safety_defaults.approval_ttl_ms")}
          onChange={(hours) => setSafety({ approval_ttl_ms: (hours ?? 72) * hourMs })}
        />
        <FieldSet legend="It covers">
          <RadioGroup
            aria-label="What an approval covers"
            value={safety.approval_binding}
            onValueChange={(binding) =>
              setSafety({ approval_binding: binding === "draft" ? "draft" : "content" })
            }
          >
            <Choice
              label="Exactly what was approved"
              help="If the text, a destination or a rule that decided it changes, the approval is void and says what changed."
            >
              <RadioGroupItem value="content" />
            </Choice>
            <Choice
              label="The draft, also when it changes"
              help="For scripts that approve before they triage. Text may leave that no person has read; every receipt says so."
            >
              <RadioGroupItem value="draft" />
            </Choice>
          </RadioGroup>
        </FieldSet>
      </div>
    </Section>
  );
}
