import { RedactedText } from "@/components/state/redacted-text";
import { cn } from "@/components/ui/cn";
import type { DiffLine } from "./line-diff";

export type DiffProps = { label: string; lines: readonly DiffLine[]; className?: string };

const looks = {
  same: { sign: "", said: "", className: "" },
  add: { sign: "+", said: "added: ", className: "bg-diff-add text-diff-add-ink" },
  del: { sign: "−", said: "removed: ", className: "bg-diff-del text-diff-del-ink" },
};

/** Lines with their numbers; sign and ground both say what was added and what removed. */
export function Diff({ label, lines, className }: DiffProps) {
  return (
    <section
      data-slot="diff"
      aria-label={label}
      tabIndex={0}
      className={cn(
        "overflow-x-auto rounded-md border border-border bg-card font-mono text-12 leading-5",
        className,
      )}
    >
      <ol className="min-w-fit">
        {lines.map((line, index) => {
          const look = looks[line.kind];
          return (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
              key={index}
              className={cn(
                "grid grid-cols-[36px_14px_minmax(max-content,1fr)] pr-2.5 whitespace-pre",
                look.className,
              )}
            >
              <span className="pr-2 text-right text-muted-foreground select-none">{line.line}</span>
              <span aria-hidden>{look.sign}</span>
              <span>
                {look.said ? <span className="sr-only">{look.said}</span> : null}
                <RedactedText text={line.text} />
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
