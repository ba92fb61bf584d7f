import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { GateCap } from "./gate-cap";
import { GateLine, type GateState } from "./gate-line";
import { StepMark, type StepStatus } from "./step-mark";

export type GateStep = { id: string; name: string; detail?: ReactNode; status: StepStatus };

export type GateStepperProps = {
  /** Intake, Triage, Issue, Approval. */
  inside: readonly GateStep[];
  /** Publish, Receipt. */
  outside: readonly GateStep[];
  gate: GateState;
  /** "Open, 72 h"; without it the state's own word. */
  capLabel?: string;
  /** The line is drawn by the split around it, not here. */
  lineless?: boolean;
  className?: string;
};

const said: Record<StepStatus, string> = {
  done: "done",
  active: "under way",
  now: "current step",
  later: "later",
  failed: "failed",
  skipped: "skipped",
};

const inks: Record<StepStatus, string> = {
  done: "md:font-[550]",
  active: "font-semibold text-state-active md:font-[550]",
  now: "font-semibold text-state-needs md:font-[550]",
  later: "text-muted-foreground md:font-book",
  failed: "font-semibold text-state-failed md:font-[550]",
  skipped: "text-muted-foreground md:font-book",
};

/** The six steps with the gate between Approval and Publish. Under 900 px the marks stand over their names. */
export function GateStepper({
  inside,
  outside,
  gate,
  capLabel,
  lineless = false,
  className,
}: GateStepperProps) {
  const steps = [...inside, ...outside];
  const nowIndex = steps.findIndex((step) => step.status === "now");
  const now = steps[nowIndex];
  const label = now ? `Step ${nowIndex + 1} of ${steps.length}: ${now.name}` : `${steps.length} steps`;
  return (
    <div
      data-slot="gate-stepper"
      className={cn(
        "relative",
        !lineless && "[--after:20px] [--end:0px] [--gate-at:66.667%] [--lead:0px] [--tail:0px]",
        className,
      )}
    >
      <ol aria-label={label} className="gate-steps grid">
        {steps.map((step, index) => (
          <li
            key={step.id}
            aria-current={step.status === "now" ? "step" : undefined}
            className={cn(
              "flex min-w-0 flex-col items-start gap-1 md:flex-row md:gap-2 md:py-3 md:pr-3",
              index === 0 && "md:pl-(--lead)",
              index === inside.length && "col-start-6 md:col-start-auto md:pl-(--after)",
            )}
          >
            <StepMark status={step.status} />
            <div className="min-w-0 max-md:max-w-full">
              <span
                className={cn(
                  "block truncate text-11 md:text-13 md:leading-4",
                  step.status === "done" && "max-md:text-muted-foreground",
                  inks[step.status],
                )}
              >
                {step.name}
                <span className="sr-only">, {said[step.status]}</span>
              </span>
              {step.detail ? (
                <span
                  className="mt-0.5 hidden truncate text-12 text-muted-foreground md:block"
                  title={typeof step.detail === "string" ? step.detail : undefined}
                >
                  {step.detail}
                </span>
              ) : null}
            </div>
          </li>
        ))}
      </ol>
      {lineless ? null : (
        <>
          <GateLine
            gate={gate}
            className="left-[calc((100%-20px)*2/3+7px)] max-md:[--gate-gap:18px] max-md:[--gate-top:9px] md:left-(--gate-at)"
          />
          <GateCap gate={gate} label={capLabel} className="top-0 hidden md:inline-flex md:left-(--gate-at)" />
        </>
      )}
    </div>
  );
}
