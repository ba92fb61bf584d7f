"use client";

import { FileJson } from "lucide-react";
import { FileDrop } from "@/components/layout/file-drop";
import { Button } from "@/components/ui/button";
import { DialogBody, DialogClose, DialogFooter } from "@/components/ui/dialog";
import type { ChosenFile } from "./import-dialog";
import { IssueNotes } from "./issue-notes";

type ImportChoiceProps = { refused: ChosenFile | null; onChoose: (file: File) => void };

/** The file, by its button or dropped; why one was refused stays until another is chosen. */
export function ImportChoice({ refused, onChoose }: ImportChoiceProps) {
  return (
    <>
      <DialogBody className="flex flex-col gap-4">
        {refused && !refused.file.ok ? (
          <IssueNotes
            tone="failed"
            title={`${refused.name} cannot be imported.`}
            issues={refused.file.issues}
          />
        ) : null}
        <FileDrop
          Icon={FileJson}
          label="File to import"
          help="A JSON file from Export, of here or of another deployment. At most 2 MiB."
          onChoose={onChoose}
        />
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
      </DialogFooter>
    </>
  );
}
