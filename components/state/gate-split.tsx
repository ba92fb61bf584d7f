import type { CSSProperties, ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { GateCap } from "./gate-cap";
import { GateLine } from "./gate-line";
import { GateStepper, type GateStepperProps } from "./gate-stepper";

export type GateSplitProps = Omit<GateStepperProps, "lineless" | "className"> & {
  /** What we know. */
  left: ReactNode;
  /** What would leave. The gate panel touches the line; everything else keeps 27 px from it. */
  right: ReactNode;
  className?: string;
};

/** 1.06 to 1, as drawn; the steps' columns, the panes and the line share the ratio. */
const ratio = {
  "--gate-at": "51.456%",
  "--lead": "24px",
  "--tail": "8px",
  "--after": "28px",
  "--end": "24px",
};

/** A draft's body from 900 px up: stepper, then inside against outside with one gate line through both. Fills a flex column. */
export function GateSplit({ left, right, gate, capLabel, inside, outside, className }: GateSplitProps) {
  return (
    <div
      data-slot="gate-split"
      style={ratio as CSSProperties}
      className={cn("relative min-h-fit flex-1 border-t border-border", className)}
    >
      <GateLine gate={gate} className="left-(--gate-at)" />
      <GateCap gate={gate} label={capLabel} className="top-0 left-(--gate-at)" />
      <GateStepper
        inside={inside}
        outside={outside}
        gate={gate}
        lineless
        className="border-b border-border"
      />
      <div className="grid grid-cols-[minmax(0,1.06fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-5 px-6 pt-4 pb-6">{left}</div>
        <div className="flex min-w-0 flex-col gap-5 pt-4 pr-6 pb-6 pl-7">{right}</div>
      </div>
    </div>
  );
}
