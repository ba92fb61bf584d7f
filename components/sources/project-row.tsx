"use client";

import { FolderGit2 } from "lucide-react";
import { RelativeTime } from "@/components/layout/relative-time";
import { ListRow } from "@/components/settings/list-row";
import { sourceKindWord } from "@/components/settings/words";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import type { MonitoredProjectWire } from "@/lib/contracts/config";
import type { LogSourceHealthWire } from "@/lib/contracts/log-source";
import { FlowLabel } from "./flow-label";
import { hasBeenRead, lagWords, worstHealth } from "./health-words";
import { inLabels } from "./readiness-words";

export const projectColumns =
  "grid grid-cols-[16px_minmax(0,1fr)_auto] gap-x-2.5 sm:grid-cols-[16px_minmax(0,1fr)_40px_40px_112px]";

type ProjectRowProps = {
  project: MonitoredProjectWire;
  /** Of its saved log sources. */
  health: readonly LogSourceHealthWire[];
  keyCount: number | undefined;
  change: "new" | "edited" | null;
  faulty: boolean;
  selected: boolean;
  onSelect: () => void;
};

/** A monitored project: what it is, how much of it is wired, how its logs are read. */
export function ProjectRow(props: ProjectRowProps) {
  const { project, health, keyCount, change, faulty, selected, onSelect } = props;
  const worst = worstHealth(health);
  return (
    <ListRow selected={selected} onSelect={onSelect} dim={!project.enabled}>
      <span className={projectColumns}>
        <FolderGit2 aria-hidden className="mt-0.5 size-4 text-muted-foreground" />
        <span className="flex min-w-0 items-baseline gap-2">
          <b className="truncate font-semibold">
            {project.name || (change === "new" ? "New project" : project.project_id)}
          </b>
          <span className="flex-none text-12 text-muted-foreground">
            {sourceKindWord[project.source_kind]}
          </span>
          {change ? <Badge variant="edited">{change}</Badge> : null}
        </span>
        <span className="text-right text-12 leading-5 text-muted-foreground max-sm:hidden">
          {project.log_sources.length}
          <span className="sr-only"> log sources,</span>
        </span>
        <span className="text-right text-12 leading-5 text-muted-foreground max-sm:hidden">
          {keyCount ?? "–"}
          <span className="sr-only"> keys,</span>
        </span>
        <span className="sm:pl-3">
          <FlowLabel row={project} health={worst} />
        </span>
        <span className="col-[2/-1] min-w-0 truncate font-mono text-[11.5px] leading-4 text-muted-foreground">
          {[project.project_id, project.repo].filter(Boolean).join(" · ")}
        </span>
        {worst && worst.state !== "stopped" ? <LogsLine worst={worst} count={health.length} /> : null}
        {faulty ? (
          <span className={cn("col-[2/-1] text-12", change !== "new" && "text-destructive")}>
            {change === "new" ? "Not complete yet" : "Something to correct"}
          </span>
        ) : null}
      </span>
    </ListRow>
  );
}

/** The log that says most about how it is doing, named where there are several. */
function LogsLine({ worst, count }: { worst: LogSourceHealthWire; count: number }) {
  return (
    <span className="col-[2/-1] flex min-w-0 flex-wrap gap-x-2 text-12 text-muted-foreground">
      {count > 1 ? <span className="font-medium text-foreground">{worst.source_id}</span> : null}
      {hasBeenRead(worst) ? (
        <>
          <span>
            last record <RelativeTime value={worst.last_record_at_ms} />,
          </span>
          <span>{lagWords(worst)}</span>
        </>
      ) : (
        <span>{worst.advice ? inLabels(worst.advice) : null}</span>
      )}
    </span>
  );
}
