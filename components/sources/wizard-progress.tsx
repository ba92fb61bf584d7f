import { Check } from "lucide-react";
import { cn } from "@/components/ui/cn";
import { type WizardStep, wizardSteps } from "./wizard-state";

type WizardProgressProps = {
  step: WizardStep;
  /** May one go there now? Back always; on only through the steps. */
  canGo: (step: WizardStep) => boolean;
  onGo: (step: WizardStep) => void;
};

const words: Record<WizardStep, string> = {
  folder: "Folder",
  file: "File",
  reading: "Reading",
  save: "Save",
};

/** Where one is of the four steps, and the way back to those that are done. */
export function WizardProgress({ step, canGo, onGo }: WizardProgressProps) {
  const here = wizardSteps.indexOf(step);
  return (
    <ol aria-label="Steps" className="flex flex-wrap gap-x-4 gap-y-1 pt-1">
      {wizardSteps.map((each, at) => (
        <li key={each}>
          <button
            type="button"
            aria-current={each === step ? "step" : undefined}
            disabled={each === step || !canGo(each)}
            onClick={() => onGo(each)}
            className={cn(
              "flex min-h-6 items-center gap-1.5 rounded-sm text-12 touch:min-h-11",
              each === step ? "font-semibold" : "text-muted-foreground enabled:hover:text-foreground",
            )}
          >
            <span
              aria-hidden
              className={cn(
                "grid size-4 place-items-center rounded-full border text-11 leading-none",
                at < here && "border-foreground bg-foreground text-background",
                at === here && "border-foreground",
                at > here && "border-border-strong",
              )}
            >
              {at < here ? <Check className="size-3" strokeWidth={3} /> : at + 1}
            </span>
            {words[each]}
            {at < here ? <span className="sr-only"> (done)</span> : null}
          </button>
        </li>
      ))}
    </ol>
  );
}
