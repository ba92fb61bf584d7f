import { cn } from "@/components/ui/cn";

export type RedactionProps = {
  /** What was there: "card number", "email". */
  kind: string;
  /** How long it was, when that is known and harmless. */
  length?: number;
  /** Tells equal values apart without showing them. */
  suffix?: string;
  className?: string;
};

/** A blackout bar that carries the kind of what was removed; never asterisks, never the value. */
export function Redaction({ kind, length, suffix, className }: RedactionProps) {
  return (
    <span
      data-slot="redaction"
      title="Redacted before storage"
      className={cn(
        "inline-block rounded-[1px] bg-redact px-[5px] align-[1px] font-mono text-[10.5px] leading-[14px] whitespace-nowrap text-redact-foreground",
        className,
      )}
    >
      <span className="sr-only">redacted: </span>
      {kind}
      {length === undefined ? null : `, ${length}`}
      {suffix ? ` #${suffix}` : null}
    </span>
  );
}
