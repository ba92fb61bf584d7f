"use client";

import { FileJson } from "lucide-react";
import { type DragEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { DialogBody, DialogClose, DialogFooter } from "@/components/ui/dialog";
import type { ChosenFile } from "./import-dialog";
import { IssueNotes } from "./issue-notes";

type ImportChoiceProps = { refused: ChosenFile | null; onChoose: (file: File) => void };

/** The file, by its button or dropped; why one was refused stays until another is chosen. */
export function ImportChoice({ refused, onChoose }: ImportChoiceProps) {
  const [over, setOver] = useState(false);
  const id = useId();
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) onChoose(file);
  };
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
        <div
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
          className={cn(
            "flex flex-col items-start gap-3 rounded-md border border-dashed border-input px-4 py-6",
            over && "border-primary bg-primary-soft",
          )}
        >
          <FileJson aria-hidden className="size-5 text-muted-foreground" />
          <div className="flex flex-col gap-1">
            <label htmlFor={id} className="font-medium">
              File to import
            </label>
            <p id={`${id}-help`} className="text-12 text-muted-foreground">
              A JSON file from Export, of here or of another deployment. At most 2 MiB.
            </p>
          </div>
          <input
            id={id}
            type="file"
            accept="application/json,.json"
            aria-describedby={`${id}-help`}
            className="max-w-full text-12 text-muted-foreground file:mr-3 file:h-8 file:rounded-md file:border file:border-border-strong file:bg-card file:px-3 file:text-13 file:font-medium file:text-foreground hover:file:bg-accent touch:file:h-11"
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              if (file) onChoose(file);
              // The same file may be chosen again after it was corrected.
              event.target.value = "";
            }}
          />
        </div>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
      </DialogFooter>
    </>
  );
}
