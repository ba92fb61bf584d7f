import { ChevronRight } from "lucide-react";
import { RedactedText } from "@/components/state/redacted-text";
import { cn } from "@/components/ui/cn";
import type { PreviewedLineWire } from "@/lib/contracts/log-source";
import { foldQuiet, foldWords, groupLines, type LineGroup, verdictWords } from "./preview-words";

/** The last lines with what the watcher makes of each. Lines that are one failure hang on one rule. */
export function PreviewLines({ lines }: { lines: readonly PreviewedLineWire[] }) {
  return (
    <ol className="font-mono text-12 leading-[18px]">
      {foldQuiet(groupLines(lines)).map((fold) =>
        "group" in fold ? (
          <PreviewGroup key={fold.key} group={fold.group} />
        ) : (
          <li key={fold.key} className="border-l-2 border-transparent pl-2.5">
            <details className="group/fold">
              <summary className="flex min-h-6 list-none items-center gap-1.5 rounded-sm font-sans text-12 text-muted-foreground touch:min-h-11 [&::-webkit-details-marker]:hidden">
                <ChevronRight
                  aria-hidden
                  className="size-3.5 transition-transform duration-(--dur-2) group-open/fold:rotate-90"
                />
                {foldWords(fold.folded)}
              </summary>
              <ol>
                {fold.folded.map((group) => (
                  <PreviewGroup key={group.key} group={group} />
                ))}
              </ol>
            </details>
          </li>
        ),
      )}
    </ol>
  );
}

function PreviewGroup({ group }: { group: LineGroup }) {
  return (
    <li
      className={cn(
        "border-l-2 py-0.5 pl-2.5",
        group.candidate === null ? "border-transparent" : "my-0.5 border-foreground",
      )}
    >
      {group.lines.map((line) => (
        <PreviewLine key={line.offset_start} line={line} />
      ))}
    </li>
  );
}

function PreviewLine({ line }: { line: PreviewedLineWire }) {
  const counts = line.verdict === "candidate" || line.verdict === "part_of_candidate";
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-3 sm:grid-cols-[76px_44px_minmax(0,1fr)]">
      <span
        className={cn(
          "font-sans text-12 leading-[18px]",
          line.verdict === "candidate" && "font-semibold",
          line.verdict === "quarantined" && "font-medium text-state-waiting",
          line.verdict !== "candidate" && line.verdict !== "quarantined" && "text-muted-foreground",
        )}
      >
        {verdictWords(line)}
      </span>
      <span className="truncate text-muted-foreground max-sm:hidden">{line.level}</span>
      <span className={cn("break-words whitespace-pre-wrap max-sm:pb-1", !counts && "text-muted-foreground")}>
        <RedactedText text={line.text} />
      </span>
    </div>
  );
}
