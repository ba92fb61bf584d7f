import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { type Severity, severityLook } from "./severity";

const inks: Record<Severity, string> = {
  critical: "text-sev-critical",
  high: "text-sev-high",
  medium: "text-sev-medium",
  low: "text-sev-low",
  info: "text-sev-info",
};

/** Octagon, triangle, half disc, ring, dot: the shape loses weight with the rank. */
const shapes: Record<Severity, ReactNode> = {
  critical: (
    <>
      <path d="M5 1.6h6L14.4 5v6L11 14.4H5L1.6 11V5z" fill="currentColor" stroke="none" />
      <path d="M8 4.4v4.2M8 11.2v.01" stroke="var(--background)" strokeWidth={1.7} />
    </>
  ),
  high: <path d="M8 2.4l6.2 11H1.8z" fill="currentColor" strokeWidth={1.2} />,
  medium: (
    <>
      <path d="M8 2.2a5.8 5.8 0 0 1 0 11.6z" fill="currentColor" stroke="none" />
      <circle cx="8" cy="8" r="5.6" />
    </>
  ),
  low: <circle cx="8" cy="8" r="5.2" />,
  info: <circle cx="8" cy="8" r="2" fill="currentColor" />,
};

type SeverityIconProps = {
  severity: string | null | undefined;
  size?: number;
  className?: string;
  /** Beside its word: the shape alone is not said again. */
  decorative?: boolean;
};

/** The shape for dense rows. Alone it carries its word for screen readers and on hover. */
export function SeverityIcon({
  severity: value,
  size = 14,
  className,
  decorative = false,
}: SeverityIconProps) {
  const { severity, word } = severityLook(value);
  return (
    <span
      data-slot="severity-icon"
      title={decorative ? undefined : word}
      className={cn("inline-flex flex-none", inks[severity], className)}
    >
      <svg
        aria-hidden
        width={size}
        height={size}
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth={1.5}
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        {shapes[severity]}
      </svg>
      {decorative ? null : <span className="sr-only">{word}</span>}
    </span>
  );
}
