import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

export type ConditionChipProps = {
  /** "project" */
  field: string;
  /** "is", "is not", "contains". */
  operator?: string;
  values: readonly string[];
  /** Did it hold for the record at hand? `dead`: the value no longer exists. */
  outcome?: "held" | "failed" | "dead";
  trailing?: ReactNode;
  className?: string;
};

const outcomes = { held: ", held", failed: ", did not hold", dead: ", no longer exists" };

/** A condition that can be read aloud: "project is payments-worker". */
export function ConditionChip({
  field,
  operator = "is",
  values,
  outcome,
  trailing,
  className,
}: ConditionChipProps) {
  return (
    <span
      data-slot="condition-chip"
      className={cn(
        "inline-flex h-[22px] max-w-full min-w-0 items-center gap-1 rounded-sm border border-border-strong bg-card px-1.5 text-12 whitespace-nowrap",
        outcome === "held" && "border-state-passed",
        outcome === "failed" && "border-dashed border-state-failed",
        className,
      )}
    >
      <span className="text-muted-foreground">{field}</span>
      <span className="text-muted-foreground">{operator}</span>
      <span className={cn("truncate font-medium", outcome === "dead" && "text-state-waiting line-through")}>
        {values.join(", ")}
      </span>
      {outcome ? <span className="sr-only">{outcomes[outcome]}</span> : null}
      {trailing}
    </span>
  );
}
