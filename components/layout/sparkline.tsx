import { cn } from "@/components/ui/cn";

export type SparklineProps = {
  values: readonly number[];
  /** Said instead of seen: "214 occurrences in 6 min, most in the last 3". */
  label: string;
  /** Bars above this stand in full ink. */
  emphasisAbove?: number;
  width?: number;
  height?: number;
  /** Stretch to the box; the width is then only the drawing's own. */
  fluid?: boolean;
  className?: string;
};

/** Counts over time as ink bars on a hairline, on their own scale. */
export function Sparkline(props: SparklineProps) {
  const { values, label, emphasisAbove, width = 84, height = 14, fluid = false, className } = props;
  const highest = Math.max(1, ...values);
  const step = width / Math.max(1, values.length);
  const gap = step > 3 ? 1 : 0;
  return (
    <svg
      data-slot="sparkline"
      role="img"
      aria-label={label}
      width={fluid ? "100%" : width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className={cn("block flex-none", className)}
    >
      <rect x={0} y={height - 0.5} width={width} height={0.5} fill="var(--border-strong)" />
      {values.map((value, index) => {
        const bar = value > 0 ? Math.max(1.5, (value / highest) * (height - 1)) : 0;
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place in time
            key={index}
            x={index * step}
            y={height - bar}
            width={step - gap}
            height={bar}
            fill={
              emphasisAbove !== undefined && value > emphasisAbove ? "var(--foreground)" : "var(--chart-ink)"
            }
          />
        );
      })}
    </svg>
  );
}
