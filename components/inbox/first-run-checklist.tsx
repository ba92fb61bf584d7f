"use client";

import { useQuery } from "@tanstack/react-query";
import { Check, ChevronRight, Circle } from "lucide-react";
import Link from "next/link";
import type { OverviewWire } from "@/lib/contracts/status";
import { destinationsPath, sourcesPath } from "@/lib/paths";
import { testReceiverQuery } from "@/lib/queries/first-run";
import { TestRun } from "./test-run";

/** Where a step is done; the last two are done in the checklist itself. */
const places: Record<string, string> = {
  project: sourcesPath(),
  key: sourcesPath(),
  destination_ready: destinationsPath(),
};

type FirstRunChecklistProps = { checklist: OverviewWire["checklist"]; open: boolean };

/** One closed line at the end; when everything is done what is left of it is the test run, for trying a change of rules. */
export function FirstRunChecklist({ checklist, open }: FirstRunChecklistProps) {
  const receiver = useQuery(testReceiverQuery()).data;
  const done = checklist.filter((step) => step.done).length;
  const next = checklist.find((step) => !step.done);
  const isTesting =
    receiver !== undefined && (receiver.test_reports.length > 0 || Boolean(receiver.destination_id));
  if (!next && !receiver) return null;
  return (
    <details open={open || isTesting} className="group rounded-md border border-border bg-card">
      <summary className="flex min-h-9 list-none items-center gap-2 rounded-md px-2.5 touch:min-h-11 [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-3.5 transition-transform group-open:rotate-90" />
        <span className="flex-none font-medium">{next ? "First-run checklist" : "Test run"}</span>
        {next ? (
          <>
            <span className="flex-none text-muted-foreground">
              {done} of {checklist.length}
            </span>
            <span className="ml-auto truncate text-12 text-muted-foreground group-open:hidden">
              Next: {next.label}
            </span>
          </>
        ) : null}
      </summary>
      {next ? <Steps checklist={checklist} /> : null}
      {receiver ? <TestRun receiver={receiver} /> : null}
    </details>
  );
}

function Steps({ checklist }: Pick<FirstRunChecklistProps, "checklist">) {
  return (
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
  );
}
