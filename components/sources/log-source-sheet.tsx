"use client";

import { useReturnFocus } from "@/components/settings/use-return-focus";
import { Button } from "@/components/ui/button";
import {
  Sheet,
  SheetClose,
  SheetContent,
  SheetDescription,
  SheetHeader,
  SheetTitle,
} from "@/components/ui/sheet";
import { Switch } from "@/components/ui/switch";
import type { LogSourceWire } from "@/lib/contracts/config";
import { LogSourceForm, type LogSourceFormProps } from "./log-source-form";
import { LogSourceTabs } from "./log-source-tabs";

type LogSourceSheetProps = LogSourceFormProps & {
  /** As it is read now; undefined while it is not saved. */
  saved: LogSourceWire | undefined;
  canEdit: boolean;
  onClose: () => void;
  onRemove: () => void;
};

/** One log source, beside its project. What is changed here waits for the page's save, as everything does. */
export function LogSourceSheet({ saved, canEdit, onClose, onRemove, ...form }: LogSourceSheetProps) {
  const { source, project, isNew, onChange } = form;
  const returnFocus = useReturnFocus();
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()}>
      <SheetContent side="right" {...returnFocus}>
        <SheetHeader>
          <SheetTitle>{isNew ? "New log source" : source.source_id}</SheetTitle>
          <SheetDescription className="break-words">
            Of {project.name || project.project_id}
            {saved ? (
              <>
                , <code>{saved.path}</code>
              </>
            ) : (
              ". It is read once it is saved."
            )}
          </SheetDescription>
        </SheetHeader>
        <div className="relative flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-4 py-4">
          <label className="flex min-h-6 items-center gap-2 touch:min-h-11">
            <Switch
              checked={source.enabled}
              disabled={!canEdit}
              onCheckedChange={(enabled) => onChange({ ...source, enabled })}
            />
            Enabled
          </label>
          {saved ? (
            <LogSourceTabs {...form} canEdit={canEdit} savedPath={saved.path} />
          ) : (
            <fieldset disabled={!canEdit} className="flex min-w-0 flex-col gap-4">
              <LogSourceForm {...form} />
            </fieldset>
          )}
        </div>
        <footer className="flex flex-none items-center gap-2 border-t border-border px-4 py-3">
          {canEdit ? (
            <Button variant="destructive" size="sm" className="touch:h-11" onClick={onRemove}>
              Remove
            </Button>
          ) : null}
          <span className="ml-auto text-12 text-muted-foreground">
            {canEdit ? "Settings are saved with the page" : ""}
          </span>
          <SheetClose asChild>
            <Button size="sm" className="touch:h-11">
              Done
            </Button>
          </SheetClose>
        </footer>
      </SheetContent>
    </Sheet>
  );
}
