"use client";

import { ChoiceSelect } from "@/components/settings/choice-select";
import { SwitchRow } from "@/components/settings/switch-row";
import { TextField } from "@/components/settings/text-field";
import { andWords, logFormats, sourceKinds, sourceKindWord } from "@/components/settings/words";
import type { DestinationWire, LogSourceWire, MonitoredProjectWire } from "@/lib/contracts/config";
import { BindingFields } from "./binding-fields";
import { effectiveAllowed } from "./edit-projects";
import { IdentityFields } from "./identity-fields";
import { LogSourceReading } from "./log-source-reading";

export type LogSourceFormProps = {
  source: LogSourceWire;
  project: MonitoredProjectWire;
  isNew: boolean;
  idFault: string | undefined;
  destinations: readonly DestinationWire[];
  onChange: (source: LogSourceWire) => void;
  errorAt: (field: string) => string | undefined;
};

const own = "*";

/** A watched log file, field by field. What it leaves empty it takes from its project. */
export function LogSourceForm(props: LogSourceFormProps) {
  const { source, project, isNew, idFault, destinations, onChange, errorAt } = props;
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Id"
          mono
          required
          value={source.source_id}
          readOnly={!isNew}
          error={idFault ?? errorAt("source_id")}
          onChange={(source_id) => onChange({ ...source, source_id })}
        />
        <ChoiceSelect
          label="Kind"
          value={source.source_kind ?? own}
          options={[
            { value: own, label: `As its project: ${sourceKindWord[project.source_kind]}`, help: undefined },
            ...sourceKinds.map((kind) => ({ ...kind, value: kind.value as string })),
          ]}
          onChange={(kind) => {
            const source_kind = sourceKinds.find(({ value }) => value === kind)?.value;
            onChange({ ...source, source_kind });
          }}
        />
      </div>
      <TextField
        label="File"
        mono
        required
        value={source.path}
        placeholder="logs/worker.log"
        help={`Inside ${project.workspace_root || "the project's folder"}.`}
        error={errorAt("path")}
        onChange={(path) => onChange({ ...source, path })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <ChoiceSelect
          label="Format"
          value={source.format}
          options={logFormats}
          onChange={(format) => onChange({ ...source, format })}
        />
        <ChoiceSelect
          label="From level"
          value={source.minimum_level}
          options={[
            { value: "error", label: "Errors", help: "Errors and worse" },
            { value: "warn", label: "Warnings", help: "Warnings, errors and worse" },
          ]}
          onChange={(minimum_level) => onChange({ ...source, minimum_level })}
        />
      </div>
      <SwitchRow
        label="Paused"
        help="Kept, but not read until it goes on."
        checked={source.paused}
        onChange={(paused) => onChange({ ...source, paused })}
      />
      <LogSourceReading {...props} />
      <BindingFields
        row={source}
        onChange={onChange}
        destinations={destinations}
        errorAt={errorAt}
        emptyAllowed="Nothing chosen: as its project."
        emptyDefaults="Nothing chosen: as its project."
        effective={effectiveWords(project, source)}
      />
      <IdentityFields row={source} onChange={onChange} errorAt={errorAt} inherited={project} />
    </>
  );
}

function effectiveWords(project: MonitoredProjectWire, source: LogSourceWire): string {
  const { ids, enforced } = effectiveAllowed(project.allowed_destination_ids, source.allowed_destination_ids);
  if (!enforced) return "May leave to any destination.";
  if (ids.length === 0) return "Project and source allow different destinations, so nothing of it may leave.";
  return `May leave to ${andWords(ids)} only: both lists must allow it.`;
}
