"use client";

import { ChoiceSelect } from "@/components/settings/choice-select";
import { MoreSettings } from "@/components/settings/more-settings";
import { SwitchRow } from "@/components/settings/switch-row";
import { TextField } from "@/components/settings/text-field";
import { logFormats, plural, sourceKinds, sourceKindWord } from "@/components/settings/words";
import type { DestinationWire, LogSourceWire, MonitoredProjectWire } from "@/lib/contracts/config";
import { useNames } from "@/lib/queries/names";
import { BindingFields } from "./binding-fields";
import { effectiveWords } from "./effective-words";
import { IdentityFields } from "./identity-fields";
import { LogSourceReading } from "./log-source-reading";
import { ReadinessFields } from "./readiness-fields";
import { SourceFindings } from "./source-findings";

export type LogSourceFormProps = {
  source: LogSourceWire;
  project: MonitoredProjectWire;
  isNew: boolean;
  idFault: string | undefined;
  destinations: readonly DestinationWire[];
  defaultIds: readonly string[];
  /** The redaction profile of the safety defaults. */
  defaultProfile: string;
  /** It is in the saved configuration; `edited`: and differs from it. */
  isSaved: boolean;
  edited: boolean;
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
            ...sourceKinds.map((kind) => ({ ...kind, value: kind.value })),
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
        effective={effectiveWords(project, source, props.defaultIds, useNames())}
      />
      <IdentityFields
        row={source}
        onChange={onChange}
        errorAt={errorAt}
        inherited={project}
        defaultProfile={props.defaultProfile}
      />
      <MoreSettings title="Data readiness" summary={readinessSummary(source)}>
        <SourceFindings
          level={3}
          projectId={project.project_id}
          sourceId={source.source_id}
          isSaved={props.isSaved}
          edited={props.edited}
        />
        <ReadinessFields
          value={source.data_readiness}
          inherited={project.data_readiness}
          errorAt={errorAt}
          onChange={(data_readiness) => onChange({ ...source, data_readiness })}
        />
      </MoreSettings>
    </>
  );
}

function readinessSummary({ data_readiness }: LogSourceWire): string {
  const own = Object.keys(data_readiness).length;
  return own === 0 ? "as its project" : `${plural(own, "field")} of its own`;
}
