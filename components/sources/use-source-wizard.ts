"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { MonitoredProjectWire } from "@/lib/contracts/config";
import { allowedRootsQuery } from "@/lib/queries/log-sources";
import { useLogPreview } from "./use-log-preview";
import { pathWithin } from "./wizard-paths";
import {
  filePath,
  finishWizard,
  folderOf,
  previewRequest,
  saveFaults,
  startWizard,
  type WizardResult,
  type WizardState,
  type WizardStep,
  withFile,
  wizardSteps,
} from "./wizard-state";

export type SourceWizardInput = {
  projects: readonly MonitoredProjectWire[];
  /** A source is added to it; null: to whichever project the file belongs to, or a new one. */
  fixed: MonitoredProjectWire | null;
  /** It goes to the page's unsaved changes, where saving is reviewed as every other change. */
  onFinish: (result: WizardResult) => void;
};

/** The wizard's steps with what is known at each: the host's folders, the chosen file, its preview, what is missing. */
export function useSourceWizard({ projects, fixed, onFinish }: SourceWizardInput) {
  const roots = useQuery(allowedRootsQuery());
  const [changed, setState] = useState<WizardState | null>(null);
  const [tried, setTried] = useState(false);
  const readable = roots.data?.filter((root) => root.readable).map((root) => root.path) ?? [];
  const state = changed ?? startWizard(fixed, readable);
  const project = fixed ?? projects.find((each) => each.project_id === state.projectId);
  const looking = state.step === "reading" || state.step === "save";
  const live = useLogPreview(looking ? previewRequest(state, project) : null);

  const path = filePath(state);
  const faults = saveFaults(state, project, projects);
  const base = fixed && state.root !== null ? pathWithin(state.root, fixed.workspace_root) : "";
  const passed: Record<WizardStep, boolean> = {
    folder: state.root !== null && base !== null,
    file: path !== null,
    reading: true,
    save: Object.keys(faults).length === 0,
  };
  const at = wizardSteps.indexOf(state.step);
  const next = wizardSteps[at + 1];

  const go = (step: WizardStep) => setState({ ...state, step, folder: folderOf(state) });
  return {
    ...{ roots, state, setState, live, path, next },
    base: base ?? "",
    previous: wizardSteps[at - 1],
    /** Not before somebody has tried: an empty form is no mistake. */
    faults: tried ? faults : {},
    mayGoOn: state.step === "save" || passed[state.step],
    canGo: (step: WizardStep) =>
      wizardSteps.slice(0, wizardSteps.indexOf(step)).every((each) => passed[each]),
    go,
    choose: (file: string, step: WizardStep) => setState({ ...withFile(state, file, projects, fixed), step }),
    goOn: () => {
      setTried(state.step === "save");
      if (!passed[state.step]) return;
      if (next) go(next);
      else onFinish(finishWizard(state, project));
    },
  };
}

export type SourceWizardRun = ReturnType<typeof useSourceWizard>;
