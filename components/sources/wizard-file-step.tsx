"use client";

import { TextField } from "@/components/settings/text-field";
import { FileBrowser } from "./file-browser";

type WizardFileStepProps = {
  root: string;
  base: string;
  folder: string;
  file: string;
  onOpen: (folder: string) => void;
  onFile: (file: string) => void;
  /** A file was taken: on to how it is read. */
  onTake: (file: string) => void;
};

/** The file: found by looking through the folders, or named by its path. */
export function WizardFileStep(props: WizardFileStepProps) {
  const { root, base, folder, file, onOpen, onFile, onTake } = props;
  return (
    <div className="relative flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-4 py-4 sm:px-5">
      <FileBrowser
        root={root}
        base={base}
        folder={folder}
        file={file}
        onOpen={onOpen}
        onChoose={(path, goOn) => (goOn ? onTake(path) : onFile(path))}
      />
      <TextField
        label="Path"
        note={`(in ${root})`}
        mono
        value={file}
        maxLength={4_096}
        placeholder="shop/logs/worker.log"
        help="A file that is not there yet may be named too."
        onChange={onFile}
      />
    </div>
  );
}
