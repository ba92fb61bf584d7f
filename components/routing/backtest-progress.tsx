import type { BacktestProgress as Progress } from "@/lib/queries/backtest";

/** How far it is; unknown until the server has counted. */
export function BacktestProgress({ progress }: { progress: Progress | null }) {
  const words = progress ? `${progress.done} of ${progress.total} incidents` : "Counting incidents";
  return (
    <div className="flex flex-col gap-1">
      <progress
        aria-label="Backtest"
        className="h-1.5 w-full appearance-none overflow-hidden rounded-sm bg-secondary [&::-moz-progress-bar]:bg-foreground [&::-webkit-progress-bar]:bg-secondary [&::-webkit-progress-value]:bg-foreground"
        {...(progress && { value: progress.done, max: Math.max(1, progress.total) })}
      />
      <p className="text-12 text-muted-foreground">{words}</p>
    </div>
  );
}
