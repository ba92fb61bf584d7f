import { cn } from "@/components/ui/cn";

/** `open`: approved, the dot stands in the gap. `passed`: it has left. `blocked`: a second line. */
export type GateState = "closed" | "open" | "passed" | "blocked";

/** The gate: 2 px of ink, once on a screen. Place it with `left-*` inside a relative box. Parts in 220 ms when it opens. */
export function GateLine({ gate, className }: { gate: GateState; className?: string }) {
  return (
    <span aria-hidden data-slot="gate-line" data-gate={gate} className={cn("gate-line", className)}>
      <span className="half upper" />
      <span className="half lower" />
      <span className="dot" />
    </span>
  );
}
