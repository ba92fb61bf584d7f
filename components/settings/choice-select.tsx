"use client";

import { Field, type FieldProps } from "@/components/ui/field";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";

type ChoiceSelectProps<V extends string> = Pick<
  FieldProps,
  "label" | "note" | "help" | "error" | "className"
> & {
  value: V;
  onChange: (value: V) => void;
  options: readonly { value: V; label: string; help?: string }[];
};

/** One of a few, each with what it means. The meaning of the chosen one stays in sight under the field. */
export function ChoiceSelect<V extends string>(props: ChoiceSelectProps<V>) {
  const { value, onChange, options, help, ...field } = props;
  const chosen = options.find((option) => option.value === value);
  return (
    <Field {...field} help={help ?? chosen?.help}>
      {(control) => (
        <Select value={value} onValueChange={(next) => onChange(next as V)}>
          <SelectTrigger {...control}>
            <SelectValue>{chosen?.label}</SelectValue>
          </SelectTrigger>
          <SelectContent>
            {options.map((option) => (
              <SelectItem key={option.value} value={option.value} hint={option.help}>
                {option.label}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      )}
    </Field>
  );
}
