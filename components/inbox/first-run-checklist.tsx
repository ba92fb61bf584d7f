import { Check, ChevronRight, Circle } from "lucide-react";
import Link from "next/link";
import type { OverviewWire } from "@/lib/contracts/status";
import { destinationsPath, draftsPath, incidentsPath, sourcesPath } from "@/lib/paths";

/** Where a step is done. */
const places: Record<string, string> = {
  project: sourcesPath(),
  key: sourcesPath(),
  first_report: incidentsPath(),
  destination_ready: destinationsPath(),
  first_receipt: draftsPath(),
};

type FirstRunChecklistProps = { checklist: OverviewWire["checklist"]; open: boolean };

/** One closed line at the end; gone when everything is done. */
export function FirstRunChecklist({ checklist, open }: FirstRunChecklistProps) {
  const done = checklist.filter((step) => step.done).length;
  const next = checklist.find((step) => !step.done);
  if (!next) return null;
  return (
    <details open={open} className="group rounded-md border border-border bg-card">
      <summary className="flex min-h-9 list-none items-center gap-2 rounded-md px-2.5 touch:min-h-11 [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-3.5 transition-transform group-open:rotate-90" />
        <span className="flex-none font-medium">First-run checklist</span>
        <span className="flex-none text-muted-foreground">
          {done} of {checklist.length}
        </span>
        <span className="ml-auto truncate text-12 text-muted-foreground group-open:hidden">
          Next: {next.label}
        </span>
      </summary>
      <ol className="flex flex-col gap-1.5 border-t border-border px-2.5 py-2.5">
        {checklist.map((step) => (
          <li key={step.key} className="flex items-start gap-2">
            {step.done ? (
              <Check aria-hidden className="mt-[3px] size-3.5 text-state-passed" />
            ) : (
              <Circle aria-hidden className="mt-[3px] size-3.5 text-muted-foreground" />
            )}
            <span className={step.done ? "text-muted-foreground" : undefined}>
              {!step.done && Object.hasOwn(places, step.key) ? (
                <Link href={places[step.key] ?? ""} className="link">
                  {step.label}
                </Link>
              ) : (
                step.label
              )}
              <span className="sr-only">{step.done ? ", done" : ", to do"}</span>
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
