"use client";

import { useDeferredValue, useMemo, useState } from "react";
import { Diff } from "@/components/layout/diff";
import { lineDiff } from "@/components/layout/line-diff";
import { Button } from "@/components/ui/button";
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
import { Segmented } from "@/components/ui/segmented";
import type { ConfigWire } from "@/lib/contracts/config";
import { configJsonSchema, readConfigPart } from "@/lib/contracts/config-json-schema";
import { type ConfigKey, pickSection } from "./config-section";
import type { JsonSchema } from "./json-completion";
import { JsonEditor } from "./json-editor";
import { readJson } from "./read-json";
import { useReturnFocus } from "./use-return-focus";
import { plural } from "./words";

type JsonDialogProps = {
  title: string;
  /** The section as it stands in the form, every key of it. */
  value: Partial<ConfigWire>;
  base: ConfigWire;
  onUse: (section: Partial<ConfigWire>) => void;
  onClose: () => void;
};

/** The same section as its form, as text: what is used here is in the form, and saved from there. */
export default function JsonDialog(props: JsonDialogProps) {
  const { title, value, base, onUse, onClose } = props;
  const keys = useMemo(() => Object.keys(value) as ConfigKey[], [value]);
  const schema = useMemo(() => configJsonSchema(keys) as JsonSchema, [keys]);
  const [text, setText] = useState(() => written(value));
  const [view, setView] = useState<"edit" | "diff">("edit");
  const settled = useDeferredValue(text);
  const read = useMemo(() => readPart(keys, settled), [keys, settled]);
  const lines = useMemo(() => lineDiff(written(pickSection(base, keys)), settled), [base, keys, settled]);
  const added = lines.filter(({ kind }) => kind === "add").length;
  const removed = lines.filter(({ kind }) => kind === "del").length;
  const returnFocus = useReturnFocus();

  function use() {
    const now = readPart(keys, text);
    if (!now.ok) return;
    // A setting that was taken out is unset, not left as it was.
    const unset = Object.fromEntries(keys.map((key) => [key, undefined]));
    onUse({ ...unset, ...now.part });
    onClose();
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent size="xl" {...returnFocus}>
        <DialogHeader>
          <DialogTitle>{title} as JSON</DialogTitle>
          <DialogDescription>
            The same settings as in the form. What you use here stands in the form, and is saved from there.
          </DialogDescription>
        </DialogHeader>
        <DialogBody className="flex flex-col gap-3">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
            <Segmented
              label="View"
              value={view}
              onValueChange={setView}
              options={[
                { value: "edit", label: "Edit" },
                { value: "diff", label: "Diff" },
              ]}
            />
            <p role="status" className="text-12 text-muted-foreground">
              {added + removed === 0
                ? "As it is saved"
                : `Against what is saved: ${plural(added, "line")} added, ${plural(removed, "line")} removed`}
            </p>
          </div>
          {view === "edit" ? (
            <JsonEditor
              label={`${title} as JSON`}
              value={text}
              schema={schema}
              invalid={!read.ok}
              onChange={setText}
            />
          ) : (
            <Diff
              label="Changes against what is saved"
              lines={lines}
              className="relative max-h-[52vh] overflow-y-auto"
            />
          )}
          {read.ok ? null : (
            <ul aria-label="What does not fit" className="flex flex-col gap-1 text-12 text-destructive">
              {read.issues.slice(0, 6).map((issue) => (
                <li key={`${issue.path} ${issue.message}`}>
                  {issue.path ? <span className="font-mono">{issue.path}: </span> : null}
                  {issue.message}
                </li>
              ))}
              {read.issues.length > 6 ? <li>And {read.issues.length - 6} more.</li> : null}
            </ul>
          )}
        </DialogBody>
        <DialogFooter>
          <DialogFootnote>Secrets are references here too, never values.</DialogFootnote>
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
          <Button variant="default" disabled={!read.ok} onClick={use}>
            Use in the form
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

const written = (section: object) => JSON.stringify(section, null, 2);

function readPart(keys: readonly ConfigKey[], text: string) {
  const json = readJson(text);
  if (!json.ok) return { ok: false, issues: [{ path: "", message: json.message }] } as const;
  return readConfigPart(keys, json.value);
}
