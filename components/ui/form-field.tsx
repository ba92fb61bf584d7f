"use client";

import type { ReactNode } from "react";
import {
  type Control,
  type ControllerRenderProps,
  type FieldPath,
  type FieldValues,
  useController,
} from "react-hook-form";
import { Field, type FieldControl, type FieldProps } from "./field";

export type FormFieldProps<V extends FieldValues, N extends FieldPath<V>> = Omit<
  FieldProps,
  "children" | "error"
> & {
  name: N;
  control: Control<V>;
  children: (field: ControllerRenderProps<V, N>, control: FieldControl) => ReactNode;
};

/** A Field bound to react-hook-form: `{(field, control) => <Input {...control} {...field} />}`. */
export function FormField<V extends FieldValues, N extends FieldPath<V>>({
  name,
  control,
  children,
  ...props
}: FormFieldProps<V, N>) {
  const { field, fieldState } = useController({ name, control });
  return (
    <Field error={fieldState.error?.message} {...props}>
      {(aria) => children(field, aria)}
    </Field>
  );
}
