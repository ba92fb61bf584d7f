import type { ReactNode } from "react";
import { cn } from "./cn";

export type ChoiceProps = {
  /** The check box, radio or switch itself. */
  children: ReactNode;
  label: ReactNode;
  help?: ReactNode;
  aside?: ReactNode;
  className?: string;
};

/** A control with its words beside it; the whole line is the target. */
export function Choice({ children, label, help, aside, className }: ChoiceProps) {
  return (
    <label
      data-slot="choice"
      className={cn(
        "grid min-h-6 cursor-pointer grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-2 text-13 has-disabled:cursor-not-allowed touch:min-h-11 touch:content-center",
        className,
      )}
    >
      <span className="flex h-5 items-center">{children}</span>
      <span className="min-w-0">
        {label}
        {help ? <span className="block text-12 text-muted-foreground">{help}</span> : null}
      </span>
      {aside}
    </label>
  );
}
