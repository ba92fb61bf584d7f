"use client";

import { type ReactNode, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Choice } from "@/components/ui/choice";
import { CopyButton } from "@/components/ui/copy-button";
import {
  DialogBody,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";

type SecretRevealProps = {
  title: string;
  description: ReactNode;
  /** What happens when it is lost. */
  lost: string;
  secret: string;
  copyLabel: string;
  /** "I have stored it". */
  done: string;
  children?: ReactNode;
  onDone: () => void;
};

/** The one time a key, a token or a link is shown. Leaving takes saying that it is safe elsewhere. */
export function SecretReveal(props: SecretRevealProps) {
  const { title, description, lost, secret, copyLabel, done, children, onDone } = props;
  const [kept, setKept] = useState(false);
  return (
    <>
      <DialogHeader>
        <DialogTitle>{title}</DialogTitle>
        <DialogDescription>{description}</DialogDescription>
      </DialogHeader>
      <DialogBody className="flex flex-col gap-4">
        <Alert tone="waiting" title="Shown this once.">
          {lost}
        </Alert>
        <div className="flex flex-wrap items-center gap-2 rounded-md border border-border-strong bg-card py-1.5 pr-1.5 pl-3">
          <code className="min-w-0 flex-1 basis-48 font-mono text-13 break-all" data-testid="secret">
            {secret}
          </code>
          <CopyButton look="button" value={secret} label={copyLabel} />
        </div>
        {children}
      </DialogBody>
      <DialogFooter>
        <Choice label={done} className="mr-auto items-center">
          <Checkbox checked={kept} onCheckedChange={(checked) => setKept(checked === true)} />
        </Choice>
        <Button variant="default" disabled={!kept} onClick={onDone}>
          Close
        </Button>
      </DialogFooter>
    </>
  );
}
