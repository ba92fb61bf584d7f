"use client";

import { useQuery } from "@tanstack/react-query";
import { chosenRow } from "@/components/settings/chosen-row";
import { messageAt } from "@/components/settings/issue-paths";
import { SettingsSave } from "@/components/settings/settings-save";
import { SplitPane } from "@/components/settings/split-pane";
import { useConfigCheck } from "@/components/settings/use-config-check";
import { useConfigDraft } from "@/components/settings/use-config-draft";
import { useUrlSelection } from "@/components/settings/use-url-selection";
import type { ConfigWire } from "@/lib/contracts/config";
import { intakeKeysQuery } from "@/lib/queries/intake-keys";
import { statusQuery } from "@/lib/queries/settings";
import { newProject, replaceProject, sourceKeys } from "./edit-projects";
import { ProjectList } from "./project-list";
import { ProjectPane } from "./project-pane";
import { readinessRow } from "./readiness-words";
import { UnassignedPane } from "./unassigned-pane";

type SourcesEditorProps = { config: ConfigWire; canEdit: boolean; initial: string | null };

/** Names "reports without a project" in the address. No project id may be a star. */
const unassigned = "*";

export function SourcesEditor({ config, canEdit, initial }: SourcesEditorProps) {
  const draft = useConfigDraft("sources", sourceKeys, config);
  const check = useConfigCheck(draft.patch, draft.base.updated_at_ms, canEdit);
  const intakeKeys = useQuery(intakeKeysQuery()).data;
  const readiness = useQuery(statusQuery()).data?.source_readiness;
  const { selected, select } = useUrlSelection("project", initial);
  const { base, value } = draft;
  const projects = value.monitored_projects;
  const { row, index, chosen } = chosenRow(projects, selected, (each) => each.project_id);
  const project = selected === unassigned ? undefined : row;
  const path = `monitored_projects[${index}]`;
  const id = project?.project_id ?? "";

  return (
    <>
      <SplitPane
        paneLabel={project?.name || "Reports without a project"}
        paneOpen={chosen || selected === unassigned}
        list={
          <ProjectList
            section={value}
            base={base}
            intakeKeys={intakeKeys}
            errors={check.errors}
            selected={project ? id : null}
            unassignedSelected={!project}
            canEdit={canEdit}
            onSelect={(next) => select(next)}
            onSelectUnassigned={() => select(unassigned)}
            onAdd={() => {
              const taken = projects.map((each) => each.project_id);
              const fresh = newProject(taken, value.workspace_root);
              draft.update((section) => ({ monitored_projects: [...section.monitored_projects, fresh] }));
              select(fresh.project_id, true);
            }}
          />
        }
        pane={
          project ? (
            <ProjectPane
              key={index}
              project={project}
              saved={base.monitored_projects.find((each) => each.project_id === id)}
              isNew={!base.monitored_projects.some((each) => each.project_id === id)}
              takenIds={projects.filter((_, at) => at !== index).map((each) => each.project_id)}
              destinations={base.destinations}
              defaultIds={base.default_destination_ids}
              defaultProfile={base.safety_defaults.redaction_profile}
              routes={base.routes}
              findings={readinessRow(readiness, id)?.findings.length}
              keyCount={intakeKeys?.filter((key) => key.project_id === id && key.enabled).length ?? 0}
              canEdit={canEdit}
              errorAt={(field) => messageAt(check.errors, `${path}.${field}`)}
              warningAt={(field) => messageAt(check.warnings, `${path}.${field}`)}
              onChange={(next) => {
                draft.update((section) => ({
                  monitored_projects: replaceProject(section.monitored_projects, id, next),
                }));
                if (next.project_id !== id) select(next.project_id, true);
              }}
              onRemove={() => {
                draft.update((section) => ({
                  monitored_projects: section.monitored_projects.filter((each) => each !== project),
                }));
                select(null);
              }}
              onBack={() => select(null)}
            />
          ) : (
            <UnassignedPane
              section={value}
              canEdit={canEdit}
              errorAt={(field) => messageAt(check.errors, field)}
              warningAt={(field) => messageAt(check.warnings, field)}
              onChange={(part) => draft.update(() => part)}
              onBack={() => select(null)}
            />
          )
        }
      />
      <SettingsSave draft={draft} canEdit={canEdit} check={check} onSaved={() => project && select(id)} />
    </>
  );
}
