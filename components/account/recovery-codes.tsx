"use client";

import { useState } from "react";
import { useReturnFocus } from "@/components/settings/use-return-focus";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Choice } from "@/components/ui/choice";
import { CopyButton } from "@/components/ui/copy-button";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";

type RecoveryCodesProps = { codes: readonly string[]; title: string; onClose: () => void };

/** The one time they are shown. Leaving takes saying that they are kept. */
export function RecoveryCodes({ codes, title, onClose }: RecoveryCodesProps) {
  const [kept, setKept] = useState(false);
  return (
    <>
      <DialogHeader>
        <DialogTitle>{title}</DialogTitle>
        <DialogDescription>
          For the day your phone is gone: each code stands in for the app, once.
        </DialogDescription>
      </DialogHeader>
      <DialogBody className="flex flex-col gap-4">
        <Alert tone="waiting" title="Shown this once.">
          Keep them apart from your password: on paper, or in another safe.
        </Alert>
        <ul aria-label="Recovery codes" className="grid grid-cols-2 gap-x-6 gap-y-1.5 font-mono text-14">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <div>
          <CopyButton look="button" value={codes.join("\n")} label="Copy codes" />
        </div>
      </DialogBody>
      <DialogFooter>
        <Choice label="I have kept them" className="mr-auto items-center">
          <Checkbox checked={kept} onCheckedChange={(checked) => setKept(checked === true)} />
        </Choice>
        <Button variant="default" disabled={!kept} onClick={onClose}>
          Close
        </Button>
      </DialogFooter>
    </>
  );
}

/** In a dialog of their own, for codes made anew. */
export function RecoveryCodesDialog({ codes, onClose }: Omit<RecoveryCodesProps, "title">) {
  const returnFocus = useReturnFocus();
  return (
    <Dialog open>
      <DialogContent {...returnFocus} size="sm" className="[&>button:last-child]:hidden">
        <RecoveryCodes codes={codes} title="Your new recovery codes" onClose={onClose} />
      </DialogContent>
    </Dialog>
  );
}
