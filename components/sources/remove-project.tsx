"use client";

import { RemoveRow } from "@/components/settings/remove-row";
import { andWords, plural } from "@/components/settings/words";
import type { MonitoredProjectWire, RouteWire } from "@/lib/contracts/config";

type RemoveProjectProps = {
  project: MonitoredProjectWire;
  isNew: boolean;
  keyCount: number;
  routes: readonly RouteWire[];
  canEdit: boolean;
  onRemove: () => void;
};

/** Takes a project out of the monitor, after naming what goes with it. */
export function RemoveProject({ project, isNew, keyCount, routes, canEdit, onRemove }: RemoveProjectProps) {
  const naming = routes.filter((route) => route.match_project_ids.includes(project.project_id));
  const sources = project.log_sources.length;
  return (
    <RemoveRow what="project" name={project.name || project.project_id} {...{ isNew, canEdit, onRemove }}>
      <p>Its incidents, drafts and receipts stay.</p>
      {sources > 0 ? <p>{plural(sources, "log source")} goes with it.</p> : null}
      {project.default_destination_ids.length > 0 || project.allowed_destination_ids.length > 0 ? (
        <p>Where its reports may go goes with it; the destinations themselves stay.</p>
      ) : null}
      {keyCount > 0 ? (
        <p>{plural(keyCount, "key")} can no longer report: reports for an unknown project are refused.</p>
      ) : null}
      {naming.length > 0 ? (
        <p>
          {andWords(naming.map(({ name }) => name))} asks for this project and will match nothing from it.
        </p>
      ) : null}
      <p>Nothing happens until you save.</p>
    </RemoveRow>
  );
}
