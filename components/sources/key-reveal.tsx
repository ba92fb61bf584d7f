"use client";

import { useState } from "react";
import { RelativeTime } from "@/components/layout/relative-time";
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
import type { IntakeKeyWire } from "@/lib/contracts/intake-key";
import { KeySnippets } from "./key-snippets";

type KeyRevealProps = {
  intakeKey: IntakeKeyWire;
  rawKey: string;
  /** The key it takes over from, with its end. */
  previous?: IntakeKeyWire;
  onDone: () => void;
};

/** The one time a raw key is shown. Leaving takes saying that it is stored. */
export function KeyReveal({ intakeKey, rawKey, previous, onDone }: KeyRevealProps) {
  const [stored, setStored] = useState(false);
  return (
    <>
      <DialogHeader>
        <DialogTitle>Key {intakeKey.name}</DialogTitle>
        <DialogDescription>
          It can report for {intakeKey.project_id} and do nothing else: not read, not decide, not publish.
        </DialogDescription>
      </DialogHeader>
      <DialogBody className="flex flex-col gap-4">
        <Alert tone="waiting" title="Shown this once.">
          Only a hash is kept here. A lost key cannot be shown again; make a new one instead.
        </Alert>
        <div className="flex flex-wrap items-center gap-2 rounded-md border border-border-strong bg-card py-1.5 pr-1.5 pl-3">
          <code className="min-w-0 flex-1 basis-48 font-mono text-13 break-all" data-testid="raw-key">
            {rawKey}
          </code>
          <CopyButton look="button" value={rawKey} label="Copy key" />
        </div>
        {previous ? (
          <p>
            The old key, <code>{previous.prefix}…</code>, ends <RelativeTime value={previous.expires_at_ms} />
            . Until then both report.
          </p>
        ) : null}
        <KeySnippets projectId={intakeKey.project_id} sourceId={intakeKey.source_ids[0]} />
      </DialogBody>
      <DialogFooter>
        <Choice label="I have stored it" className="mr-auto items-center">
          <Checkbox checked={stored} onCheckedChange={(checked) => setStored(checked === true)} />
        </Choice>
        <Button variant="default" disabled={!stored} onClick={onDone}>
          Close
        </Button>
      </DialogFooter>
    </>
  );
}
