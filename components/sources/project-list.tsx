"use client";

import { FolderSearch, Plus } from "lucide-react";
import { EmptyState } from "@/components/layout/empty-state";
import { LockedAction } from "@/components/layout/locked-action";
import { sameJson } from "@/components/settings/config-section";
import { issuesUnder } from "@/components/settings/issue-paths";
import { ListRow } from "@/components/settings/list-row";
import { plural } from "@/components/settings/words";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { ConfigWire, MonitoredProjectWire } from "@/lib/contracts/config";
import type { IntakeKeyWire } from "@/lib/contracts/intake-key";
import type { LogSourceHealthWire } from "@/lib/contracts/log-source";
import type { ConfigIssue } from "@/lib/queries/config";
import type { SourceSection } from "./edit-projects";
import { ProjectRow, projectColumns } from "./project-row";

type ProjectListProps = {
  section: SourceSection;
  base: ConfigWire;
  intakeKeys: readonly IntakeKeyWire[] | undefined;
  errors: readonly ConfigIssue[];
  selected: string | null;
  unassignedSelected: boolean;
  health: readonly LogSourceHealthWire[] | undefined;
  canEdit: boolean;
  onSelect: (id: string) => void;
  onSelectUnassigned: () => void;
  onAdd: () => void;
  /** By looking for a log file on the host. */
  onWatch: () => void;
};

/** Every monitored project, and what holds for reports that name none. */
export function ProjectList(props: ProjectListProps) {
  const { section, base, intakeKeys, errors, selected, canEdit, onSelect, onAdd, onWatch } = props;
  const projects = section.monitored_projects;
  const keyCount = (id: string) => intakeKeys?.filter((key) => key.project_id === id && key.enabled).length;
  const unassignedEdited =
    !sameJson(section.repo, base.repo) || !sameJson(section.workspace_root, base.workspace_root);
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 px-4 py-3">
        <h2 className="mr-auto text-14 font-semibold">{plural(projects.length, "monitored project")}</h2>
        {canEdit ? (
          <>
            <Button size="sm" className="touch:h-11" onClick={onWatch}>
              <FolderSearch aria-hidden />
              Watch a log file…
            </Button>
            <Button size="sm" className="touch:h-11" onClick={onAdd}>
              <Plus aria-hidden />
              Add project
            </Button>
          </>
        ) : (
          <LockedAction size="sm" className="touch:h-11" unlocks="Adding needs the admin role." quiet>
            Add project
          </LockedAction>
        )}
      </div>
      {projects.length === 0 ? (
        <EmptyState title="No monitored projects yet">
          A project binds reports to a repository, to where they may go and to its intake keys. Watching a log
          file makes one on the way. Reports are taken in without one too, with an API token.
        </EmptyState>
      ) : (
        <div
          aria-hidden
          className={`${projectColumns} border-b border-border px-4 pb-1.5 text-12 text-muted-foreground max-sm:hidden`}
        >
          <span />
          <span>Project</span>
          <span className="text-right">Logs</span>
          <span className="text-right">Keys</span>
          <span className="pl-3">State</span>
        </div>
      )}
      <ul
        aria-label="Monitored projects"
        className={projects.length === 0 ? "border-t border-border" : "max-sm:border-t max-sm:border-border"}
      >
        {placed(projects).map(({ key, project, index }) => (
          <ProjectRow
            key={key}
            project={project}
            health={props.health?.filter((row) => row.project_id === project.project_id) ?? []}
            keyCount={keyCount(project.project_id)}
            change={changeOf(project, base)}
            faulty={issuesUnder(errors, `monitored_projects[${index}]`).length > 0}
            selected={project.project_id === selected}
            onSelect={() => onSelect(project.project_id)}
          />
        ))}
        <ListRow selected={props.unassignedSelected} onSelect={props.onSelectUnassigned}>
          <span className="grid grid-cols-[16px_minmax(0,1fr)] gap-x-2.5">
            <span aria-hidden className="text-center text-muted-foreground">
              –
            </span>
            <span className="flex items-baseline gap-2">
              <b className="font-semibold">Reports without a project</b>
              {unassignedEdited ? <Badge variant="edited">edited</Badge> : null}
            </span>
            <span className="col-start-2 truncate font-mono text-[11.5px] leading-4 text-muted-foreground">
              {section.repo ?? "no repository"}
            </span>
          </span>
        </ListRow>
      </ul>
    </>
  );
}

/** A row is its place: the id of one that is not saved changes while it is typed. */
const placed = (projects: readonly MonitoredProjectWire[]) =>
  projects.map((project, index) => ({ key: `${index}`, project, index }));

function changeOf(project: MonitoredProjectWire, base: ConfigWire): "new" | "edited" | null {
  const saved = base.monitored_projects.find((each) => each.project_id === project.project_id);
  if (!saved) return "new";
  return sameJson(saved, project) ? null : "edited";
}
