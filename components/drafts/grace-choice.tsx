import { Segmented } from "@/components/ui/segmented";
import { graceChoices } from "./use-publish-grace";

type GraceChoiceProps = { value: number; onChange: (ms: number) => void };

/** How long the publish waits to be undone. Kept for the next one. */
export function GraceChoice({ value, onChange }: GraceChoiceProps) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span aria-hidden className="text-[12.5px] font-medium">
        Time to undo
      </span>
      <Segmented
        label="Time to undo"
        className="ml-auto"
        value={String(value)}
        onValueChange={(ms) => onChange(Number(ms))}
        options={graceChoices.map((ms) => ({
          value: String(ms),
          label: ms === 0 ? "None" : `${ms / 1_000}\u00a0s`,
        }))}
      />
    </div>
  );
}
