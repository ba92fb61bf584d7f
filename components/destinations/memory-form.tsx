"use client";

import { ChoiceSelect } from "@/components/settings/choice-select";
import type { DestinationFormProps } from "./destination-form";
import { DestinationTerms } from "./destination-terms";
import { NameFields } from "./name-fields";
import { RetentionField } from "./retention-field";

const usual = "failure_pattern";
const categories = [
  { value: usual, label: "Failure pattern", help: "How something fails, to know it again" },
  { value: "recurrence", label: "Recurrence", help: "That something came back" },
  { value: "policy_gap", label: "Policy gap", help: "What no policy covers" },
  { value: "safety_risk", label: "Safety risk", help: "What may do harm" },
];

/** Case, dashes and spaces do not count in a category (contract 6.7). */
const plain = (category: string) =>
  category
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, "_");

/** A signal kept in this product, for what comes later to learn from. */
export function MemoryForm(props: DestinationFormProps) {
  const { row, onChange, errorAt } = props;
  const given = row.memory_category ?? usual;
  const known = categories.find(({ value }) => value === plain(given));
  return (
    <>
      <p className="text-muted-foreground">
        Keeps a summary with its recurrence count in this product's own database. Nothing leaves the host.
      </p>
      <NameFields {...props} />
      <ChoiceSelect
        label="Category"
        className="sm:max-w-72"
        value={known?.value ?? given}
        options={[
          ...categories,
          ...(known
            ? []
            : [{ value: given, label: given, help: "Not a category: nothing can be kept under it" }]),
        ]}
        error={errorAt("memory_category")}
        onChange={(category) =>
          onChange({ ...row, memory_category: category === usual ? undefined : category })
        }
      />
      <RetentionField {...props} />
      <DestinationTerms {...props} />
    </>
  );
}
