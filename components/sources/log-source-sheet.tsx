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
import { LogSourceForm, type LogSourceFormProps } from "./log-source-form";

type LogSourceSheetProps = LogSourceFormProps & {
  canEdit: boolean;
  onClose: () => void;
  onRemove: () => void;
};

/** One log source, beside its project. What is changed here waits for the page's save, as everything does. */
export function LogSourceSheet(props: LogSourceSheetProps) {
  const { source, project, isNew, canEdit, onChange, onClose, onRemove } = props;
  const returnFocus = useReturnFocus();
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()}>
      <SheetContent side="right" {...returnFocus}>
        <SheetHeader>
          <SheetTitle>{isNew ? "New log source" : source.source_id}</SheetTitle>
          <SheetDescription>
            Of {project.name || project.project_id}. Stored now; reading the file starts with a later version.
          </SheetDescription>
        </SheetHeader>
        <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-4 py-4">
          <label className="flex min-h-6 items-center gap-2 touch:min-h-11">
            <Switch
              checked={source.enabled}
              disabled={!canEdit}
              onCheckedChange={(enabled) => onChange({ ...source, enabled })}
            />
            Enabled
          </label>
          <fieldset disabled={!canEdit} className="flex min-w-0 flex-col gap-4">
            <LogSourceForm {...props} />
          </fieldset>
        </div>
        <footer className="flex flex-none items-center gap-2 border-t border-border px-4 py-3">
          {canEdit ? (
            <Button variant="destructive" size="sm" className="touch:h-11" onClick={onRemove}>
              Remove
            </Button>
          ) : null}
          <span className="ml-auto text-12 text-muted-foreground">
            {canEdit ? "Saved with the page" : ""}
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
