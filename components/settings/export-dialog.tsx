"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { notify } from "@/components/layout/notify";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Choice } from "@/components/ui/choice";
import { CopyButton } from "@/components/ui/copy-button";
import {
  Dialog,
  DialogBody,
  DialogClose,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogFootnote,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { FieldSet } from "@/components/ui/field-set";
import type { ConfigWire } from "@/lib/contracts/config";
import { configFileName, writeConfigFile } from "./config-file";
import { type SectionName, type SettingsSection, settingsSections } from "./sections";
import { useReturnFocus } from "./use-return-focus";

type ExportDialogProps = {
  section: SettingsSection;
  /** What is saved: unsaved changes are not in the file. */
  config: ConfigWire;
  onOpenChange: (open: boolean) => void;
};

/** The saved configuration, or parts of it, as a file that Import and a script's PATCH both take. */
export function ExportDialog({ section, config, onOpenChange }: ExportDialogProps) {
  const [chosen, setChosen] = useState<SectionName[]>([section.name]);
  const returnFocus = useReturnFocus();
  const sections = settingsSections.filter(({ name }) => chosen.includes(name));
  const keys = sections.flatMap((each) => each.keys);
  const file = () => writeConfigFile({ config, keys, origin: location.origin, nowMs: Date.now() });

  function download() {
    const [only] = sections;
    const part = sections.length === 1 && only ? only.name : sections.length === 4 ? "all" : "settings";
    const name = configFileName(part, Date.now());
    save(file(), name);
    notify("approved", "Exported", { description: name });
    onOpenChange(false);
  }

  return (
    <Dialog open onOpenChange={onOpenChange}>
      <DialogContent size="md" {...returnFocus}>
        <DialogHeader>
          <DialogTitle>Export settings</DialogTitle>
          <DialogDescription>As they are saved now. Unsaved changes are not in the file.</DialogDescription>
        </DialogHeader>
        <DialogBody className="flex flex-col gap-5">
          <FieldSet legend="What to export">
            {settingsSections.map(({ name, title, holds }) => (
              <Choice key={name} label={title} help={holds}>
                <Checkbox
                  checked={chosen.includes(name)}
                  onCheckedChange={(on) =>
                    setChosen(on === true ? [...chosen, name] : chosen.filter((other) => other !== name))
                  }
                />
              </Choice>
            ))}
          </FieldSet>
          <Alert tone="idle" title="No secret is in it.">
            Secrets are named by reference, such as <code>env:TANDEM_PAGER_SECRET</code>; the host that
            imports must have them. Webhook addresses are whole, and some receivers put a token into theirs.
          </Alert>
        </DialogBody>
        <DialogFooter>
          <DialogFootnote>
            <CopyButton
              look="button"
              variant="ghost"
              size="xs"
              value={keys.length > 0 ? file() : ""}
              label="Copy the file's text"
            />
          </DialogFootnote>
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
          <Button variant="default" disabled={keys.length === 0} onClick={download}>
            <Download aria-hidden />
            Download
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

function save(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
