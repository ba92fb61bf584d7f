"use client";

import Link from "next/link";
import { useEffect, useState } from "react";
import { PaneHeader } from "@/components/settings/pane-header";
import { namedSetting } from "@/components/settings/use-named-setting";
import { sourceKindWord } from "@/components/settings/words";
import { Switch } from "@/components/ui/switch";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import type { MonitoredProjectWire, RouteWire } from "@/lib/contracts/config";
import { groupingPath } from "@/lib/paths";
import { IntakeKeys } from "./intake-keys";
import { IssueTemplateRow } from "./issue-template-row";
import { LogSources } from "./log-sources";
import { ProjectForm, type ProjectFormProps } from "./project-form";
import { ProjectReadiness } from "./project-readiness";
import { RemoveProject } from "./remove-project";

type ProjectPaneProps = ProjectFormProps & {
  saved: MonitoredProjectWire | undefined;
  routes: readonly RouteWire[];
  keyCount: number;
  /** Of the saved project, readiness findings. */
  findings: number | undefined;
  canEdit: boolean;
  /** The log source that is open, by the address. */
  openSource: string | null;
  onOpenSource: (sourceId: string | null) => void;
  onWatch: () => void;
  onRemove: () => void;
  onBack: () => void;
};

/** One monitored project: its form, its log sources, its keys. */
export function ProjectPane(props: ProjectPaneProps) {
  const { project, saved, routes, keyCount, findings, canEdit, onChange, onRemove, onBack } = props;
  const { openSource } = props;
  const [tab, setTab] = useState(openSource === null ? "project" : "logs");
  const [followed, setFollowed] = useState(openSource);
  if (followed !== openSource) {
    setFollowed(openSource);
    if (openSource !== null) setTab("logs");
  }
  useEffect(() => {
    if (namedSetting()?.startsWith("data_readiness")) setTab("readiness");
  }, []);
  return (
    <div className="flex flex-col gap-4 px-4 py-4 md:px-6">
      <PaneHeader
        title={project.name || (saved ? project.project_id : "New project")}
        meta={sourceKindWord[project.source_kind]}
        backLabel="Back to projects"
        onBack={onBack}
        actions={
          <>
            {saved ? (
              <Link href={groupingPath({ project: project.project_id })} className="link text-12">
                Grouping
              </Link>
            ) : null}
            <label className="flex min-h-6 items-center gap-2 touch:min-h-11">
              <Switch
                checked={project.enabled}
                disabled={!canEdit}
                onCheckedChange={(enabled) => onChange({ ...project, enabled })}
              />
              Enabled
            </label>
          </>
        }
      />
      <Tabs value={tab} onValueChange={setTab}>
        <TabsList>
          <TabsTrigger value="project">Project</TabsTrigger>
          <TabsTrigger value="readiness">
            Readiness <Count value={findings} />
          </TabsTrigger>
          <TabsTrigger value="logs">
            Log sources <Count value={project.log_sources.length} />
          </TabsTrigger>
          <TabsTrigger value="keys">
            Intake keys <Count value={keyCount} />
          </TabsTrigger>
        </TabsList>
        <TabsContent value="project" className="pt-4">
          <fieldset disabled={!canEdit} className="flex min-w-0 flex-col gap-4 pb-4">
            <ProjectForm {...props} />
          </fieldset>
          <IssueTemplateRow
            project={project}
            isSaved={saved !== undefined}
            canEdit={canEdit}
            onChange={onChange}
            errorAt={props.errorAt}
          />
          <RemoveProject
            project={project}
            isNew={saved === undefined}
            keyCount={keyCount}
            routes={routes}
            canEdit={canEdit}
            onRemove={onRemove}
          />
        </TabsContent>
        <TabsContent value="readiness" className="pt-4">
          <ProjectReadiness {...props} />
        </TabsContent>
        <TabsContent value="logs" className="pt-4">
          <LogSources {...props} openId={openSource} onOpen={props.onOpenSource} />
        </TabsContent>
        <TabsContent value="keys" className="pt-4">
          <IntakeKeys project={project} isSaved={saved !== undefined} />
        </TabsContent>
      </Tabs>
    </div>
  );
}

function Count({ value }: { value: number | undefined }) {
  return <span className="text-12 font-normal text-muted-foreground">{value}</span>;
}
