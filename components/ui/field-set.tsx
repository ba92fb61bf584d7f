import type { ReactNode } from "react";
import { cn } from "./cn";

type FieldSetProps = { legend: ReactNode; help?: ReactNode; className?: string; children: ReactNode };

/** Several controls under one name: check boxes, a radio group, a section of a form. */
export function FieldSet({ legend, help, className, children }: FieldSetProps) {
  return (
    <fieldset data-slot="field-set" className={cn("flex min-w-0 flex-col gap-2", className)}>
      <legend className="mb-2 text-13 leading-4 font-medium">{legend}</legend>
      {help ? <p className="-mt-1.5 text-12 text-muted-foreground">{help}</p> : null}
      {children}
    </fieldset>
  );
}
