"use client";

import { ChoiceSelect } from "@/components/settings/choice-select";
import { NamedSetting } from "@/components/settings/named-setting";
import { isSlug, slugFor } from "@/components/settings/slug";
import { SwitchRow } from "@/components/settings/switch-row";
import { TextField } from "@/components/settings/text-field";
import { sourceKinds } from "@/components/settings/words";
import type { DestinationWire, MonitoredProjectWire } from "@/lib/contracts/config";
import { useNames } from "@/lib/queries/names";
import { BindingFields } from "./binding-fields";
import { effectiveWords } from "./effective-words";
import { IdentityFields } from "./identity-fields";
import { IssueFields } from "./issue-fields";

export type ProjectFormProps = {
  project: MonitoredProjectWire;
  isNew: boolean;
  takenIds: readonly string[];
  destinations: readonly DestinationWire[];
  defaultIds: readonly string[];
  /** The redaction profile of the safety defaults. */
  defaultProfile: string;
  onChange: (project: MonitoredProjectWire) => void;
  errorAt: (field: string) => string | undefined;
  warningAt: (field: string) => string | undefined;
};

/** A monitored project, field by field. */
export function ProjectForm(props: ProjectFormProps) {
  const { project, isNew, takenIds, destinations, defaultIds, onChange, errorAt, warningAt } = props;
  const follows = isNew && project.project_id === slugFor(project.name, takenIds, "project");
  const idFault = !isSlug(project.project_id)
    ? "Letters, digits, dot, dash and underscore"
    : takenIds.includes(project.project_id)
      ? "Another project has this id"
      : errorAt("project_id");
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Name"
          required
          value={project.name}
          placeholder="Payments worker"
          error={errorAt("name")}
          onChange={(name) => {
            const project_id = follows ? slugFor(name, takenIds, "project") : project.project_id;
            onChange({ ...project, name, project_id });
          }}
        />
        <TextField
          label="Id"
          mono
          required
          value={project.project_id}
          readOnly={!isNew}
          help={isNew ? "Reports and keys use it. It stays as it is once saved." : undefined}
          error={isNew ? idFault : undefined}
          onChange={(project_id) => onChange({ ...project, project_id })}
        />
        <TextField
          label="Repository"
          mono
          required
          value={project.repo}
          placeholder="owner/repo"
          error={errorAt("repo")}
          onChange={(repo) => onChange({ ...project, repo })}
        />
        <ChoiceSelect
          label="Kind"
          value={project.source_kind}
          options={sourceKinds}
          onChange={(source_kind) => onChange({ ...project, source_kind })}
        />
      </div>
      <TextField
        label="Folder"
        mono
        required
        value={project.workspace_root}
        placeholder="/workspace/repos/payments-worker"
        help={warningAt("workspace_root") ?? "Its checkout on this host. Log files must lie inside it."}
        error={errorAt("workspace_root")}
        onChange={(workspace_root) => onChange({ ...project, workspace_root })}
      />
      <SwitchRow
        label="Paused"
        help="Reports are taken in and held; nothing of it is triaged or sent until it goes on."
        checked={project.paused}
        onChange={(paused) => onChange({ ...project, paused })}
      />
      <SwitchRow
        label="A person must approve every new issue of this project"
        help="Beside what the safety defaults and routes ask for."
        checked={project.require_approval_for_new_issues}
        onChange={(value) => onChange({ ...project, require_approval_for_new_issues: value })}
      />
      <NamedSetting field="allowed_destination_ids">
        <BindingFields
          row={project}
          onChange={onChange}
          destinations={destinations}
          errorAt={errorAt}
          emptyAllowed="Nothing chosen: it may send to every destination."
          emptyDefaults="Nothing chosen: the default destinations of Routing."
          effective={effectiveWords(project, null, defaultIds, useNames())}
        />
      </NamedSetting>
      <NamedSetting field="tenant_id">
        <IdentityFields
          row={project}
          onChange={onChange}
          errorAt={errorAt}
          defaultProfile={props.defaultProfile}
        />
      </NamedSetting>
      <IssueFields {...props} />
    </>
  );
}
