"use client";

import { DialogBody } from "@/components/ui/dialog";
import type { SourceWizardInput, SourceWizardRun } from "./use-source-wizard";
import { WizardFileStep } from "./wizard-file-step";
import { WizardFolderStep } from "./wizard-folder-step";
import { WizardReadingStep } from "./wizard-reading-step";
import { WizardSaveStep } from "./wizard-save-step";

type WizardBodyProps = Pick<SourceWizardInput, "projects" | "fixed"> & { run: SourceWizardRun };

/** The step that is open. */
export function WizardBody({ run, projects, fixed }: WizardBodyProps) {
  const { state, setState } = run;
  if (state.step === "file" && state.root !== null) {
    return (
      <WizardFileStep
        root={state.root}
        base={run.base}
        folder={state.folder}
        file={state.file}
        onOpen={(folder) => setState({ ...state, folder })}
        onFile={(file) => run.choose(file, "file")}
        onTake={(file) => run.choose(file, "reading")}
      />
    );
  }
  if (state.step === "reading") {
    return (
      <WizardReadingStep
        source={state.source}
        live={run.live}
        onChange={(source) => setState({ ...state, source })}
      />
    );
  }
  return (
    <DialogBody>
      {state.step === "save" ? (
        <WizardSaveStep
          state={state}
          projects={projects}
          fixed={fixed}
          faults={run.faults}
          onChange={setState}
        />
      ) : (
        <WizardFolderStep
          roots={run.roots}
          project={fixed}
          root={state.root}
          onChoose={(root) => setState({ ...state, root, folder: "", file: "" })}
        />
      )}
    </DialogBody>
  );
}
