"use client";

import { Plus, ScrollText } from "lucide-react";
import { useState } from "react";
import { LockedAction } from "@/components/layout/locked-action";
import { Section } from "@/components/layout/section";
import { sameJson } from "@/components/settings/config-section";
import { isSlug } from "@/components/settings/slug";
import { Button } from "@/components/ui/button";
import type { DestinationWire, MonitoredProjectWire } from "@/lib/contracts/config";
import { newLogSource } from "./edit-projects";
import { FlowLabel } from "./flow-label";
import { LogSourceSheet } from "./log-source-sheet";

type LogSourcesProps = {
  project: MonitoredProjectWire;
  saved: MonitoredProjectWire | undefined;
  destinations: readonly DestinationWire[];
  defaultIds: readonly string[];
  defaultProfile: string;
  canEdit: boolean;
  onChange: (project: MonitoredProjectWire) => void;
  errorAt: (field: string) => string | undefined;
};

/** The log files of a project. They can be set up now; watching them starts with a later version. */
export function LogSources(props: LogSourcesProps) {
  const { project, saved, destinations, canEdit, onChange, errorAt } = props;
  const [open, setOpen] = useState<number | null>(null);
  const rows = project.log_sources;
  const row = open === null ? undefined : rows[open];
  const set = (log_sources: MonitoredProjectWire["log_sources"]) => onChange({ ...project, log_sources });
  const taken = rows.filter((_, index) => index !== open).map((each) => each.source_id);
  const savedRow = saved?.log_sources.find((each) => each.source_id === row?.source_id);
  const isNew = savedRow === undefined;
  return (
    <Section
      title="Log sources"
      count={rows.length}
      aside={
        canEdit ? (
          <Button
            size="xs"
            className="touch:h-11"
            onClick={() => {
              set([...rows, newLogSource(rows.map((each) => each.source_id))]);
              setOpen(rows.length);
            }}
          >
            <Plus aria-hidden />
            Add log source
          </Button>
        ) : (
          <LockedAction size="xs" className="touch:h-11" unlocks="Adding needs the admin role." quiet>
            Add log source
          </LockedAction>
        )
      }
    >
      <p className="text-12 text-muted-foreground">
        They are stored and judged now; watching the files starts with a later version. A key may be limited
        to some of them already.
      </p>
      {rows.length > 0 ? (
        <ul className="flex flex-col border-t border-border">
          {rows.map((source, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an unsaved row's id changes while it is typed
            <li key={index} className="border-b border-border">
              <button
                type="button"
                onClick={() => setOpen(index)}
                className="grid w-full grid-cols-[16px_minmax(0,1fr)_auto] items-center gap-x-2.5 rounded-sm py-2 text-left hover:bg-muted touch:min-h-11"
              >
                <ScrollText aria-hidden className="size-4 text-muted-foreground" />
                <span className="flex min-w-0 items-baseline gap-2">
                  <b className="truncate font-medium">{source.source_id}</b>
                  <span className="truncate font-mono text-[11.5px] text-muted-foreground">
                    {source.path || "no file yet"}
                  </span>
                </span>
                <FlowLabel row={source} />
                {errorAt(`log_sources[${index}]`) ? (
                  <span className="col-start-2 text-12 text-destructive">
                    {errorAt(`log_sources[${index}]`)}
                  </span>
                ) : null}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {row && open !== null ? (
        <LogSourceSheet
          source={row}
          project={project}
          isNew={isNew}
          idFault={idFault(row.source_id, taken)}
          destinations={destinations}
          defaultIds={props.defaultIds}
          defaultProfile={props.defaultProfile}
          isSaved={!isNew}
          edited={!isNew && !sameJson(savedRow, row)}
          canEdit={canEdit}
          errorAt={(field) => errorAt(`log_sources[${open}].${field}`)}
          onChange={(source) => set(rows.with(open, source))}
          onClose={() => setOpen(null)}
          onRemove={() => {
            setOpen(null);
            set(rows.toSpliced(open, 1));
          }}
        />
      ) : null}
    </Section>
  );
}

function idFault(id: string, taken: readonly string[]): string | undefined {
  if (!isSlug(id)) return "Letters, digits, dot, dash and underscore";
  return taken.includes(id) ? "Another log source of this project has this id" : undefined;
}
