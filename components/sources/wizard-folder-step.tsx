"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { EmptyState } from "@/components/layout/empty-state";
import { LoadingRows } from "@/components/layout/loading-rows";
import { QueryFailure } from "@/components/layout/query-failure";
import { Alert } from "@/components/ui/alert";
import { Choice } from "@/components/ui/choice";
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import type { MonitoredProjectWire } from "@/lib/contracts/config";
import type { AllowedRootsWire } from "@/lib/contracts/log-source";
import { holdingRoot } from "./wizard-paths";

type Roots = AllowedRootsWire["roots"];
type WizardFolderStepProps = {
  roots: UseQueryResult<Roots>;
  /** Its files are looked for; null: any project's. */
  project: MonitoredProjectWire | null;
  root: string | null;
  onChoose: (root: string) => void;
};

/** The folders of this host that projects may lie in, and why a folder outside of them is never opened. */
export function WizardFolderStep({ roots, project, root, onChoose }: WizardFolderStepProps) {
  if (roots.isError && !roots.data) {
    return (
      <QueryFailure
        error={roots.error}
        what="The allowed folders"
        onRetry={() => roots.refetch()}
        retrying={roots.isFetching}
        className=""
      />
    );
  }
  if (!roots.data) return <LoadingRows what="the allowed folders" count={2} />;
  if (roots.data.length === 0) return <NoRoots />;
  const holding =
    project &&
    holdingRoot(
      roots.data.map(({ path }) => path),
      project.workspace_root,
    );
  return (
    <div className="flex flex-col gap-4">
      {project && holding === null ? <OutsideNote project={project} /> : null}
      {project && holding !== null ? (
        <p>
          The files of <b className="font-semibold">{project.name}</b> lie in{" "}
          <code>{project.workspace_root}</code>, inside this folder that the host allows:
        </p>
      ) : null}
      <RadioGroup value={root ?? ""} aria-label="Allowed folders" onValueChange={onChoose}>
        {roots.data.map((each) => (
          <Choice
            key={each.path}
            label={<code className="break-all">{each.path}</code>}
            help={each.problem ? sentence(each.problem) : rootHelp(each.path)}
          >
            <RadioGroupItem
              value={each.path}
              disabled={!each.readable || (project !== null && each.path !== holding)}
            />
          </Choice>
        ))}
      </RadioGroup>
      <WhyRoots />
    </div>
  );
}

const rootHelp = (path: string) =>
  path.endsWith("/repos") ? `Each repository has its own folder: ${path}/<repo>` : undefined;

/** What a person must know of allowed folders to get a log to where it can be read. */
function WhyRoots() {
  return (
    <div className="flex flex-col gap-1.5 border-t border-border pt-3 text-12 text-muted-foreground">
      <p>
        Only files inside these folders are ever opened. A path elsewhere can be saved, is shown as not
        readable, and is never looked at: whoever may edit settings here must not be able to read the host.
      </p>
      <p>
        To watch a log elsewhere, start the monitor with <code>--root FOLDER</code> or put the folder into{" "}
        <code>INCIDENT_MONITOR_ALLOWED_ROOTS</code>. A hosted monitor finds each checked-out repository at{" "}
        <code>/workspace/repos/&lt;repo&gt;</code>.
      </p>
    </div>
  );
}

function OutsideNote({ project }: { project: MonitoredProjectWire }) {
  return (
    <Alert tone="failed" title="The project's folder is outside.">
      <code>{project.workspace_root || "No folder"}</code> lies in none of the folders below, so none of its
      files can be shown or read. Choose another folder under Project, or let the host allow this one.
    </Alert>
  );
}

function NoRoots() {
  return (
    <EmptyState title="This host allows no folder" glyph="blocked" className="m-0">
      Start the monitor with <code>--root FOLDER</code>, or name folders in{" "}
      <code>INCIDENT_MONITOR_ALLOWED_ROOTS</code>. Until then no log can be read.
    </EmptyState>
  );
}

const sentence = (text: string) => {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
};
