"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Section } from "@/components/layout/section";
import { sameJson } from "@/components/settings/config-section";
import { isSlug } from "@/components/settings/slug";
import type { DestinationWire, MonitoredProjectWire } from "@/lib/contracts/config";
import { logSourceHealthQuery } from "@/lib/queries/log-sources";
import { newLogSource } from "./edit-projects";
import { healthOf } from "./health-words";
import { LogSourceRow } from "./log-source-row";
import { LogSourceSheet } from "./log-source-sheet";
import { LogSourcesTools } from "./log-sources-tools";

type LogSourcesProps = {
  project: MonitoredProjectWire;
  saved: MonitoredProjectWire | undefined;
  destinations: readonly DestinationWire[];
  defaultIds: readonly string[];
  defaultProfile: string;
  canEdit: boolean;
  onChange: (project: MonitoredProjectWire) => void;
  errorAt: (field: string) => string | undefined;
  /** The source that the address names. */
  openId: string | null;
  onOpen: (sourceId: string | null) => void;
  /** By looking for a file on the host. */
  onWatch: () => void;
};

/** The log files of a project, each with how it is doing. */
export function LogSources(props: LogSourcesProps) {
  const { project, saved, destinations, canEdit, onChange, errorAt, onOpen } = props;
  const health = useQuery(logSourceHealthQuery()).data;
  const rows = project.log_sources;
  const named = rows.findIndex((each) => each.source_id === props.openId);
  // The address names what is saved; the id of a row that is not changes while it is typed.
  const [place, setPlace] = useState<number | null>(null);
  const open = place ?? (named === -1 ? null : named);
  const row = open === null ? undefined : rows[open];
  const savedOf = (id: string | undefined) => saved?.log_sources.find((each) => each.source_id === id);
  const set = (log_sources: MonitoredProjectWire["log_sources"]) => onChange({ ...project, log_sources });
  const savedRow = savedOf(row?.source_id);
  const close = () => {
    setPlace(null);
    onOpen(null);
  };
  return (
    <Section title="Log sources" count={rows.length}>
      <p className="text-12 text-muted-foreground">
        {rows.length > 0
          ? "Files of this host that are read as they grow. A key may be limited to some of them."
          : "No log of this project is watched. Choose its file, see what would become an incident, and save."}
      </p>
      <LogSourcesTools
        canEdit={canEdit}
        onWatch={props.onWatch}
        onAdd={() => {
          set([...rows, newLogSource(rows.map((each) => each.source_id))]);
          setPlace(rows.length);
        }}
      />
      {rows.length > 0 ? (
        <ul aria-label="Log sources" className="flex flex-col border-t border-border">
          {placed(rows).map(({ key, source, index }) => (
            <LogSourceRow
              key={key}
              source={source}
              health={healthOf(health, project.project_id, source.source_id)}
              change={changeOf(savedOf(source.source_id), source)}
              fault={errorAt(`log_sources[${index}]`)}
              onOpen={() => (savedOf(source.source_id) ? onOpen(source.source_id) : setPlace(index))}
            />
          ))}
        </ul>
      ) : null}
      {row && open !== null ? (
        <LogSourceSheet
          source={row}
          saved={savedRow}
          project={project}
          isNew={savedRow === undefined}
          idFault={idFault(
            row.source_id,
            rows.filter((_, index) => index !== open).map((each) => each.source_id),
          )}
          destinations={destinations}
          defaultIds={props.defaultIds}
          defaultProfile={props.defaultProfile}
          isSaved={savedRow !== undefined}
          edited={savedRow !== undefined && !sameJson(savedRow, row)}
          canEdit={canEdit}
          errorAt={(field) => errorAt(`log_sources[${open}].${field}`)}
          onChange={(source) => set(rows.with(open, source))}
          onClose={close}
          onRemove={() => {
            close();
            set(rows.toSpliced(open, 1));
          }}
        />
      ) : null}
    </Section>
  );
}

/** A row is its place: the id of one that is not saved changes while it is typed. */
const placed = (rows: MonitoredProjectWire["log_sources"]) =>
  rows.map((source, index) => ({ key: `${index}`, source, index }));

function changeOf(saved: object | undefined, source: object): "new" | "edited" | null {
  if (!saved) return "new";
  return sameJson(saved, source) ? null : "edited";
}

function idFault(id: string, taken: readonly string[]): string | undefined {
  if (!isSlug(id)) return "Letters, digits, dot, dash and underscore";
  return taken.includes(id) ? "Another log source of this project has this id" : undefined;
}
