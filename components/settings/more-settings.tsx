import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

type MoreSettingsProps = { title: string; summary?: ReactNode; open?: boolean; children: ReactNode };

/** What most people never change, folded away with what it is set to. */
export function MoreSettings({ title, summary, open, children }: MoreSettingsProps) {
  return (
    <details className="group border-t border-border pt-3" open={open}>
      <summary className="flex min-h-6 list-none items-center gap-1.5 rounded-sm touch:min-h-11 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="size-3.5 text-muted-foreground transition-transform duration-(--dur-2) group-open:rotate-90"
        />
        <span className="section-head">{title}</span>
        {summary ? <span className="truncate text-12 text-muted-foreground">{summary}</span> : null}
      </summary>
      <div className="flex flex-col gap-4 pt-3">{children}</div>
    </details>
  );
}
