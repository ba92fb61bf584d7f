import { cn } from "@/components/ui/cn";
import { type Severity, severityLook } from "./severity";
import { SeverityIcon } from "./severity-icon";

const inks: Record<Severity, string> = {
  critical: "text-sev-critical",
  high: "text-sev-high",
  medium: "text-sev-medium",
  low: "text-sev-low",
  info: "text-sev-info",
};

/** Shape and word. */
export function SeverityLabel({
  severity: value,
  className,
}: {
  severity: string | null | undefined;
  className?: string;
}) {
  const { severity, word } = severityLook(value);
  return (
    <span
      data-slot="severity-label"
      className={cn(
        "inline-flex items-center gap-[5px] align-middle text-12 font-medium whitespace-nowrap",
        inks[severity],
        className,
      )}
    >
      <SeverityIcon severity={value} decorative />
      {word}
    </span>
  );
}
