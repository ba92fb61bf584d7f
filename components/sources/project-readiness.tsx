"use client";

import { Section } from "@/components/layout/section";
import { sameJson } from "@/components/settings/config-section";
import type { MonitoredProjectWire } from "@/lib/contracts/config";
import { ReadinessFields } from "./readiness-fields";
import { SourceFindings } from "./source-findings";

type ProjectReadinessProps = {
  project: MonitoredProjectWire;
  saved: MonitoredProjectWire | undefined;
  canEdit: boolean;
  onChange: (project: MonitoredProjectWire) => void;
  errorAt: (field: string) => string | undefined;
};

/** What is missing before the project's records may be trusted, and the fields that put it right. */
export function ProjectReadiness({ project, saved, canEdit, onChange, errorAt }: ProjectReadinessProps) {
  return (
    <div className="flex flex-col gap-6">
      <SourceFindings
        projectId={project.project_id}
        isSaved={saved !== undefined}
        edited={saved !== undefined && !sameJson(saved, project)}
      />
      <Section title="Data readiness">
        <p className="text-12 text-muted-foreground">
          Log sources take these unless they say otherwise. Tenant, workspace, schema version and profiles are
          under Project.
        </p>
        <fieldset disabled={!canEdit} className="min-w-0">
          <ReadinessFields
            value={project.data_readiness}
            errorAt={errorAt}
            onChange={(data_readiness) => onChange({ ...project, data_readiness })}
          />
        </fieldset>
      </Section>
    </div>
  );
}
