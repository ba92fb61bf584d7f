"use client";

import { ChoiceSelect } from "@/components/settings/choice-select";
import { TextField } from "@/components/settings/text-field";
import type { ConfigWire } from "@/lib/contracts/config";

export type Subject = { project_id?: string; source_id?: string; incident_id?: string };

type SubjectFieldsProps = {
  config: ConfigWire;
  /** Which ids are asked for. */
  needs: readonly ("project" | "source" | "incident")[];
  value: Subject;
  onChange: (value: Subject) => void;
  errorAt: (field: string) => string | undefined;
};

const unset = "*";

/** Whose records are meant: a project, one of its log sources, or one incident by its id. */
export function SubjectFields({ config, needs, value, onChange, errorAt }: SubjectFieldsProps) {
  const projects = config.monitored_projects;
  const sources = projects.find((row) => row.project_id === value.project_id)?.log_sources ?? [];
  return (
    <>
      {needs.includes("project") ? (
        <ChoiceSelect
          label="Project"
          value={value.project_id ?? unset}
          options={[
            { value: unset, label: projects.length > 0 ? "Choose one" : "There is none" },
            ...projects.map((row) => ({ value: row.project_id, label: row.name || row.project_id })),
          ]}
          error={errorAt("project_id")}
          onChange={(next) => onChange({ project_id: next === unset ? undefined : next })}
        />
      ) : null}
      {needs.includes("source") ? (
        <ChoiceSelect
          label="Log source"
          value={value.source_id ?? unset}
          options={[
            { value: unset, label: sources.length > 0 ? "Choose one" : "Choose a project that has one" },
            ...sources.map((row) => ({ value: row.source_id, label: row.source_id })),
          ]}
          error={errorAt("source_id")}
          onChange={(next) => onChange({ ...value, source_id: next === unset ? undefined : next })}
        />
      ) : null}
      {needs.includes("incident") ? (
        <TextField
          label="Incident id"
          value={value.incident_id}
          placeholder="failure-incident-…"
          maxLength={200}
          error={errorAt("incident_id")}
          onChange={(incident_id) => onChange({ incident_id: incident_id || undefined })}
        />
      ) : null}
    </>
  );
}
