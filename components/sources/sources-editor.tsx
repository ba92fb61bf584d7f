"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { messageAt } from "@/components/settings/issue-paths";
import { SettingsSave } from "@/components/settings/settings-save";
import { SplitPane } from "@/components/settings/split-pane";
import { useConfigCheck } from "@/components/settings/use-config-check";
import { useConfigDraft } from "@/components/settings/use-config-draft";
import type { ConfigWire, MonitoredProjectWire } from "@/lib/contracts/config";
import { intakeKeysQuery } from "@/lib/queries/intake-keys";
import { logSourceHealthQuery } from "@/lib/queries/log-sources";
import { statusQuery } from "@/lib/queries/settings";
import { newProject, replaceProject, sourceKeys } from "./edit-projects";
import { ProjectList } from "./project-list";
import { ProjectPane } from "./project-pane";
import { readinessRow } from "./readiness-words";
import { SourceWizard } from "./source-wizard";
import { UnassignedPane } from "./unassigned-pane";
import { type InitialSource, useChosenSource } from "./use-chosen-source";
import type { WizardResult } from "./wizard-state";

type SourcesEditorProps = { config: ConfigWire; canEdit: boolean; initial: InitialSource };

export function SourcesEditor({ config, canEdit, initial }: SourcesEditorProps) {
  const draft = useConfigDraft("sources", sourceKeys, config);
  const check = useConfigCheck(draft.patch, draft.base.updated_at_ms, canEdit);
  const intakeKeys = useQuery(intakeKeysQuery()).data;
  const health = useQuery(logSourceHealthQuery()).data;
  const readiness = useQuery(statusQuery()).data?.source_readiness;
  const [reviewing, setReviewing] = useState(false);
  /** A file is looked for: for this project, or (null) for any. */
  const [watching, setWatching] = useState<{ fixed: MonitoredProjectWire | null } | null>(null);
  /** The source that the wizard added: opened once it is saved, to see it being read. */
  const [added, setAdded] = useState<string | null>(null);
  const { base, value } = draft;
  const projects = value.monitored_projects;
  const chosen = useChosenSource(projects, initial);
  const { project, index } = chosen;
  const path = `monitored_projects[${index}]`;
  const id = project?.project_id ?? "";

  function addWatched({ project: watched, isNew }: WizardResult) {
    draft.update(({ monitored_projects: rows }) => ({
      monitored_projects: isNew ? [...rows, watched] : replaceProject(rows, watched.project_id, watched),
    }));
    setWatching(null);
    chosen.choose(watched.project_id, isNew);
    setAdded(watched.log_sources.at(-1)?.source_id ?? null);
    setReviewing(true);
  }

  return (
    <>
      <SplitPane
        paneLabel={project?.name || "Reports without a project"}
        paneOpen={chosen.paneOpen}
        list={
          <ProjectList
            section={value}
            base={base}
            intakeKeys={intakeKeys}
            health={health}
            errors={check.errors}
            selected={project ? id : null}
            unassignedSelected={!project}
            canEdit={canEdit}
            onSelect={chosen.choose}
            onSelectUnassigned={chosen.chooseUnassigned}
            onAdd={() => {
              const taken = projects.map((each) => each.project_id);
              const fresh = newProject(taken, value.workspace_root);
              draft.update((section) => ({ monitored_projects: [...section.monitored_projects, fresh] }));
              chosen.choose(fresh.project_id, true);
            }}
            onWatch={() => setWatching({ fixed: null })}
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
              openSource={chosen.openSource}
              onOpenSource={chosen.selectSource}
              onWatch={() => setWatching({ fixed: project })}
              onChange={(next) => {
                draft.update((section) => ({
                  monitored_projects: replaceProject(section.monitored_projects, id, next),
                }));
                if (next.project_id !== id) chosen.rename(next.project_id, true);
              }}
              onRemove={() => {
                draft.update((section) => ({
                  monitored_projects: section.monitored_projects.filter((each) => each !== project),
                }));
                chosen.choose(null);
              }}
              onBack={() => chosen.choose(null)}
            />
          ) : (
            <UnassignedPane
              section={value}
              canEdit={canEdit}
              errorAt={(field) => messageAt(check.errors, field)}
              warningAt={(field) => messageAt(check.warnings, field)}
              onChange={(part) => draft.update(() => part)}
              onBack={() => chosen.choose(null)}
            />
          )
        }
      />
      <SettingsSave
        draft={draft}
        canEdit={canEdit}
        check={check}
        review={{ open: reviewing, onOpenChange: setReviewing }}
        onSaved={() => {
          if (!project) return;
          chosen.rename(id);
          if (project.log_sources.some((each) => each.source_id === added)) chosen.selectSource(added);
          setAdded(null);
        }}
      />
      {watching ? (
        <SourceWizard
          projects={projects}
          fixed={watching.fixed}
          onFinish={addWatched}
          onClose={() => setWatching(null)}
        />
      ) : null}
    </>
  );
}
