import { RedactedText } from "@/components/state/redacted-text";
import { cn } from "@/components/ui/cn";

export type LogLine = { id: string; time?: string; level?: string; text: string };

const inks: Record<string, string> = {
  warn: "text-state-waiting",
  warning: "text-state-waiting",
  error: "text-state-failed",
  fatal: "text-state-failed",
};

/** Log lines for inside a CodeBlock: time, level, text with its redactions as bars. */
export function LogLines({ lines }: { lines: readonly LogLine[] }) {
  return (
    <ol data-slot="log-lines">
      {lines.map((line) => (
        <li
          key={line.id}
          className="grid grid-cols-[40px_minmax(0,1fr)] gap-x-2 px-2.5 leading-5 sm:grid-cols-[86px_40px_minmax(0,1fr)]"
        >
          <span className="text-muted-foreground max-sm:col-span-2 max-sm:text-11">{line.time}</span>
          <span className={cn("text-muted-foreground", line.level && inks[line.level.toLowerCase()])}>
            {line.level}
          </span>
          <span className="break-words whitespace-pre-wrap">
            <RedactedText text={line.text} />
          </span>
        </li>
      ))}
    </ol>
  );
}
