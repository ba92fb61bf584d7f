import type { LogSourceHealthWire } from "@/lib/contracts/log-source";
import { byteWords } from "./byte-words";
import { lagWords, readShare } from "./health-words";

/** How much of the file is read, as a bar with its words. */
export function ReadMeter({ health }: { health: LogSourceHealthWire }) {
  const share = readShare(health);
  if (share === null) {
    return <p className="text-12 text-muted-foreground">The file's size is not known yet.</p>;
  }
  const percent = Math.floor(share * 100);
  const words = `${byteWords(health.offset)} of ${byteWords(health.file_size ?? 0)}`;
  return (
    <div className="flex flex-col gap-1">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span>
          <b className="font-medium">{words}</b> read
        </span>
        <span className="text-12 text-muted-foreground">{lagWords(health)}</span>
      </p>
      <div
        role="meter"
        aria-label="Read of the file"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={`${words}, ${lagWords(health)}`}
        className="h-1.5 overflow-hidden rounded-full border border-border bg-muted"
      >
        <div className="h-full bg-chart-ink" style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  );
}
