import { StepMark } from "@/components/state/step-mark";
import { cn } from "@/components/ui/cn";
import type { ScenarioStageWire } from "@/lib/contracts/scenario";
import { outcomeWord, pathOf, stageMark, stageWord } from "./scenario-words";

/** The way a scenario went, stage by stage: beside each other on a desktop, under each other on a phone. */
export function StagePath({ stages, failed }: { stages: readonly ScenarioStageWire[]; failed: boolean }) {
  return (
    <ol aria-label="What happened on the way" className="grid gap-x-4 gap-y-3 md:grid-cols-5">
      {pathOf(stages).map(({ name, outcome, details }) => {
        const leaked = failed && name === "publish" && outcome === "passed";
        return (
          <li key={name} className="relative flex min-w-0 gap-2 md:flex-col md:gap-1.5">
            <span
              aria-hidden
              className="absolute top-5 bottom-[-10px] left-[7.5px] w-px bg-border-strong md:top-[7.5px] md:right-[-12px] md:bottom-auto md:left-6 md:h-px md:w-auto in-[li:last-child]:hidden"
            />
            <StepMark status={leaked ? "failed" : stageMark[outcome]} />
            <div className="min-w-0">
              <p className="flex flex-wrap items-baseline gap-x-1.5 text-13 font-[550]">
                {stageWord[name]}
                <span
                  className={cn(
                    "text-12 font-normal",
                    leaked
                      ? "text-state-failed"
                      : outcome === "stopped"
                        ? "text-state-needs"
                        : "text-muted-foreground",
                  )}
                >
                  {outcomeWord[outcome]}
                </span>
              </p>
              {details.map((detail) => (
                <p key={detail} className="text-12 break-words text-muted-foreground">
                  {detail}
                </p>
              ))}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
