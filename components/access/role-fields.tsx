"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useId } from "react";
import { ChoiceSelect } from "@/components/settings/choice-select";
import { Button } from "@/components/ui/button";
import { FieldSet } from "@/components/ui/field-set";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import type { RoleWord } from "@/lib/contracts/access";
import { configQuery } from "@/lib/queries/config";
import { roleChoices } from "./access-words";

export type RolesValue = { role: RoleWord | null; projectRoles: Record<string, RoleWord> };

type RoleFieldsProps = { value: RolesValue; onChange: (value: RolesValue) => void; disabled?: boolean };

const none = { value: "none" as const, label: "None", help: "Sees only the projects below." };

/** The role over everything, and the roles that add to it on single projects. */
export function RoleFields({ value, onChange, disabled }: RoleFieldsProps) {
  const projects = useQuery(configQuery()).data?.monitored_projects ?? [];
  const free = projects.filter(({ project_id }) => !Object.hasOwn(value.projectRoles, project_id));
  const put = (projectId: string, role: RoleWord) =>
    onChange({ ...value, projectRoles: { ...value.projectRoles, [projectId]: role } });
  const drop = (projectId: string) => {
    const { [projectId]: _, ...projectRoles } = value.projectRoles;
    onChange({ ...value, projectRoles });
  };
  const nameOf = (id: string) => projects.find(({ project_id }) => project_id === id)?.name ?? id;
  const [next] = free;
  return (
    <fieldset disabled={disabled} className="flex min-w-0 flex-col gap-4">
      <ChoiceSelect
        label="Role over everything"
        value={value.role ?? "none"}
        options={[...roleChoices, none]}
        onChange={(role) => onChange({ ...value, role: role === "none" ? null : role })}
      />
      <FieldSet
        legend="Roles on projects"
        help="Each adds to the role over everything on its project, and never takes away."
      >
        {Object.entries(value.projectRoles).map(([projectId, role]) => (
          <ProjectRole
            key={projectId}
            name={nameOf(projectId)}
            role={role}
            onRole={(picked) => put(projectId, picked)}
            onDrop={() => drop(projectId)}
          />
        ))}
        {next && !disabled ? (
          <AddProject projects={free} onAdd={(projectId) => put(projectId, "approver")} />
        ) : projects.length === 0 ? (
          <p className="text-12 text-muted-foreground">No project is monitored yet.</p>
        ) : null}
      </FieldSet>
    </fieldset>
  );
}

type ProjectRoleProps = {
  name: string;
  role: RoleWord;
  onRole: (role: RoleWord) => void;
  onDrop: () => void;
};

function ProjectRole({ name, role, onRole, onDrop }: ProjectRoleProps) {
  const id = useId();
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_9rem_auto] items-center gap-2">
      <span id={id} className="truncate" title={name}>
        {name}
      </span>
      <Select value={role} onValueChange={(picked) => onRole(picked as RoleWord)}>
        <SelectTrigger aria-labelledby={id} className="touch:h-11">
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          {roleChoices.map((choice) => (
            <SelectItem key={choice.value} value={choice.value} hint={choice.help}>
              {choice.label}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
      <Button
        variant="ghost"
        size="icon-sm"
        className="touch:size-11"
        aria-label={`No role on ${name}`}
        onClick={onDrop}
      >
        <X aria-hidden />
      </Button>
    </div>
  );
}

type AddProjectProps = {
  projects: readonly { project_id: string; name: string }[];
  onAdd: (projectId: string) => void;
};

/** One click where there is one to add, a list where there are more. */
function AddProject({ projects, onAdd }: AddProjectProps) {
  const [only, ...more] = projects;
  if (only && more.length === 0) {
    return (
      <Button size="sm" variant="ghost" className="w-fit touch:h-11" onClick={() => onAdd(only.project_id)}>
        <Plus aria-hidden />
        Add a role on {only.name}
      </Button>
    );
  }
  return (
    <Select value="" onValueChange={onAdd}>
      <SelectTrigger aria-label="Add a role on a project" className="w-fit touch:h-11">
        <SelectValue placeholder="Add a project…" />
      </SelectTrigger>
      <SelectContent>
        {projects.map(({ project_id, name }) => (
          <SelectItem key={project_id} value={project_id}>
            {name}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
