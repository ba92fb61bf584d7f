"use client";

import { X } from "lucide-react";
import { Slot } from "radix-ui";
import { type ReactNode, useId } from "react";
import { cn } from "./cn";
import { Label } from "./label";

/** What the control of a field must carry. Spread it on the element that takes the focus. */
export type FieldControl = {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
  "aria-required": true | undefined;
};

export type FieldProps = {
  label: ReactNode;
  /** Beside the label, dim: "(on the record)". */
  note?: ReactNode;
  /** At the right end of the label line: a link, a count. */
  aside?: ReactNode;
  help?: ReactNode;
  error?: ReactNode;
  required?: boolean;
  id?: string;
  className?: string;
  /** A single control, or a function when the focus sits deeper (a select's trigger). */
  children: ReactNode | ((control: FieldControl) => ReactNode);
};

/** Label, control, help and error, tied together for a screen reader. The error is announced when it appears. */
export function Field({ label, note, aside, help, error, required, id, className, children }: FieldProps) {
  const generated = useId();
  const controlId = id ?? generated;
  const helpId = help ? `${controlId}-help` : undefined;
  const errorId = error ? `${controlId}-error` : undefined;
  const control: FieldControl = {
    id: controlId,
    "aria-describedby": [errorId, helpId].filter(Boolean).join(" ") || undefined,
    "aria-invalid": error ? true : undefined,
    "aria-required": required ? true : undefined,
  };
  return (
    <div data-slot="field" className={cn("flex min-w-0 flex-col gap-1.5", className)}>
      <div className="flex items-baseline gap-1">
        <Label htmlFor={controlId}>{label}</Label>
        {note ? <span className="text-12 text-muted-foreground">{note}</span> : null}
        {aside ? <span className="ml-auto text-12">{aside}</span> : null}
      </div>
      {typeof children === "function" ? children(control) : <Slot.Root {...control}>{children}</Slot.Root>}
      <div aria-live="polite" className="contents">
        {error ? (
          <p id={errorId} data-slot="field-error" className="flex gap-1.5 text-12 font-medium">
            <X aria-hidden className="mt-px size-3.5 text-destructive" />
            <span>{error}</span>
          </p>
        ) : null}
      </div>
      {help ? (
        <p id={helpId} data-slot="field-help" className="text-12 text-muted-foreground">
          {help}
        </p>
      ) : null}
    </div>
  );
}
