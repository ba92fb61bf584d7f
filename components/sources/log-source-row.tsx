"use client";

import { ScrollText } from "lucide-react";
import { RelativeTime } from "@/components/layout/relative-time";
import { Badge } from "@/components/ui/badge";
import type { LogSourceWire } from "@/lib/contracts/config";
import type { LogSourceHealthWire } from "@/lib/contracts/log-source";
import { FlowLabel } from "./flow-label";
import { hasBeenRead, lagWords, rateWords } from "./health-words";
import { inLabels } from "./readiness-words";

type LogSourceRowProps = {
  source: LogSourceWire;
  health: LogSourceHealthWire | undefined;
  change: "new" | "edited" | null;
  fault: string | undefined;
  onOpen: () => void;
};

/** A watched file at a glance: how it is doing, how far behind, when it last wrote, and what is to be done. */
export function LogSourceRow({ source, health, change, fault, onOpen }: LogSourceRowProps) {
  return (
    <li className="border-b border-border">
      <button
        type="button"
        onClick={onOpen}
        className="grid w-full grid-cols-[16px_minmax(0,1fr)_auto] items-center gap-x-2.5 gap-y-0.5 rounded-sm py-2 text-left hover:bg-muted touch:min-h-11"
      >
        <ScrollText aria-hidden className="size-4 text-muted-foreground" />
        <span className="flex min-w-0 items-baseline gap-2">
          <b className="truncate font-medium">{source.source_id}</b>
          {change ? <Badge variant="edited">{change}</Badge> : null}
        </span>
        <FlowLabel row={source} health={change === "new" ? undefined : health} />
        <span className="col-[2/-1] truncate font-mono text-[11.5px] leading-4 text-muted-foreground">
          {source.path || "no file yet"}
        </span>
        {health && health.state !== "stopped" ? <Standing health={health} /> : null}
        {fault ? <span className="col-[2/-1] text-12 text-destructive">{fault}</span> : null}
      </button>
    </li>
  );
}

function Standing({ health }: { health: LogSourceHealthWire }) {
  return (
    <>
      {hasBeenRead(health) ? (
        <span className="col-[2/-1] flex flex-wrap gap-x-3 text-12 text-muted-foreground">
          <span>
            last record <RelativeTime value={health.last_record_at_ms} />
          </span>
          <span>{lagWords(health)}</span>
          <span>{rateWords(health)}</span>
          {health.open_quarantined > 0 ? (
            <span className="text-foreground">{health.open_quarantined} set aside</span>
          ) : null}
        </span>
      ) : null}
      {health.advice ? <span className="col-[2/-1] text-12">{inLabels(health.advice)}</span> : null}
    </>
  );
}
