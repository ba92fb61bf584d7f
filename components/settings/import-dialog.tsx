"use client";

import { useState } from "react";
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import type { ConfigWire } from "@/lib/contracts/config";
import { type ConfigFile, configFileBytesMax, readConfigFile } from "./config-file";
import { ImportChoice } from "./import-choice";
import { ImportReview } from "./import-review";
import { useReturnFocus } from "./use-return-focus";

type ImportDialogProps = { config: ConfigWire; onOpenChange: (open: boolean) => void };

export type ChosenFile = { name: string; file: ConfigFile };

/** A file into the configuration: choose it, see what it would change and what is missing here, then all of it or none. */
export function ImportDialog({ config, onOpenChange }: ImportDialogProps) {
  const [chosen, setChosen] = useState<ChosenFile | null>(null);
  const returnFocus = useReturnFocus();
  async function choose(file: File) {
    const text = file.size > configFileBytesMax ? " ".repeat(configFileBytesMax + 1) : await file.text();
    setChosen({ name: file.name, file: readConfigFile(text) });
  }
  return (
    <Dialog open onOpenChange={onOpenChange}>
      <DialogContent size="lg" {...returnFocus}>
        <DialogHeader>
          <DialogTitle>Import settings</DialogTitle>
          <DialogDescription>
            Nothing is changed before you have seen what would change. It is saved whole or not at all.
          </DialogDescription>
        </DialogHeader>
        {chosen?.file.ok ? (
          <ImportReview
            key={chosen.name}
            name={chosen.name}
            file={chosen.file}
            config={config}
            onOther={() => setChosen(null)}
            onDone={() => onOpenChange(false)}
          />
        ) : (
          <ImportChoice refused={chosen} onChoose={choose} />
        )}
      </DialogContent>
    </Dialog>
  );
}
