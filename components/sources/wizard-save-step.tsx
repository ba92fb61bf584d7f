"use client";

import { Fact, Facts } from "@/components/layout/facts";
import { ChoiceSelect } from "@/components/settings/choice-select";
import { slugFor } from "@/components/settings/slug";
import { TextField } from "@/components/settings/text-field";
import { logFormatWord } from "@/components/settings/words";
import { Alert } from "@/components/ui/alert";
import type { MonitoredProjectWire } from "@/lib/contracts/config";
import { readingSummary } from "./edit-reading";
import { foldersAbove } from "./wizard-paths";
import { filePath, projectsHolding, type SaveFaults, type WizardState, watchedAs } from "./wizard-state";

type WizardSaveStepProps = {
  state: WizardState;
  projects: readonly MonitoredProjectWire[];
  /** It is added to this one; then there is no choice. */
  fixed: MonitoredProjectWire | null;
  /** Shown once somebody has tried to finish. */
  faults: SaveFaults;
  onChange: (state: WizardState) => void;
};

const another = "*";

/** Its name, the project it belongs to, and what was settled before. */
export function WizardSaveStep({ state, projects, fixed, faults, onChange }: WizardSaveStepProps) {
  const path = filePath(state) ?? "";
  const holding = projectsHolding(projects, path);
  const { source } = state;
  const already = watchedAs(projects, path);
  return (
    <div className="flex max-w-140 flex-col gap-4">
      {already ? (
        <Alert tone="waiting" title="This file is watched already,">
          as {already}. A second source reads it on its own and makes incidents of its own.
        </Alert>
      ) : null}
      <TextField
        label="Id"
        mono
        required
        value={source.source_id}
        help="Keys, routes and records name the source by it. It stays as it is once saved."
        insist
        error={faults.source_id}
        onChange={(source_id) => onChange({ ...state, source: { ...source, source_id } })}
      />
      {fixed ? null : (
        <ChoiceSelect
          label="Project"
          value={state.projectId ?? another}
          options={[
            ...holding.map((project) => ({
              value: project.project_id,
              label: project.name || project.project_id,
              help: project.workspace_root,
            })),
            { value: another, label: "A new project", help: "For a system that is not monitored yet" },
          ]}
          onChange={(id) => onChange({ ...state, projectId: id === another ? null : id })}
        />
      )}
      {!fixed && state.projectId === null ? (
        <NewProjectFields state={state} projects={projects} faults={faults} onChange={onChange} />
      ) : null}
      <Facts className="border-t border-border pt-3 [--term:88px]">
        <Fact term="File" mono>
          {path}
        </Fact>
        <Fact term="Format">{logFormatWord[source.format]}</Fact>
        <Fact term="From level">{source.minimum_level === "warn" ? "Warnings" : "Errors"}</Fact>
        <Fact term="Begin at">{source.start_position === "end" ? "The end" : "The beginning"}</Fact>
        <Fact term="Lines">{readingSummary(source.reading)}</Fact>
      </Facts>
      <p className="text-12 text-muted-foreground">
        Where its reports may go, approval and data readiness are the project's; they can be set under Log
        sources afterwards.
      </p>
    </div>
  );
}

type NewProjectFieldsProps = Omit<WizardSaveStepProps, "fixed">;

function NewProjectFields({ state, projects, faults, onChange }: NewProjectFieldsProps) {
  const { fresh } = state;
  const taken = projects.map((each) => each.project_id);
  const set = (part: Partial<MonitoredProjectWire>) => onChange({ ...state, fresh: { ...fresh, ...part } });
  const follows = fresh.project_id === slugFor(fresh.name, taken, "project");
  return (
    <div className="grid gap-4 border-l border-border-strong pl-3 sm:grid-cols-2">
      <TextField
        label="Project name"
        required
        value={fresh.name}
        insist
        error={faults.name}
        onChange={(name) => set({ name, ...(follows && { project_id: slugFor(name, taken, "project") }) })}
      />
      <TextField
        label="Project id"
        mono
        required
        value={fresh.project_id}
        insist
        error={faults.project_id}
        onChange={(project_id) => set({ project_id })}
      />
      <TextField
        label="Repository"
        mono
        required
        value={fresh.repo}
        placeholder="owner/repo"
        insist
        error={faults.repo}
        onChange={(repo) => set({ repo })}
      />
      <ChoiceSelect
        label="Folder"
        value={fresh.workspace_root}
        options={foldersAbove(state.root ?? "", state.file).map((folder) => ({
          value: folder,
          label: folder,
        }))}
        help="Its checkout on this host."
        onChange={(workspace_root) => set({ workspace_root })}
      />
    </div>
  );
}
