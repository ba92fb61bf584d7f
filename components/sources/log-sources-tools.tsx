import { FolderSearch, Plus } from "lucide-react";
import { LockedAction } from "@/components/layout/locked-action";
import { Button } from "@/components/ui/button";

type LogSourcesToolsProps = { canEdit: boolean; onWatch: () => void; onAdd: () => void };

/** Two ways to a log source: looking for its file, or field by field. */
export function LogSourcesTools({ canEdit, onWatch, onAdd }: LogSourcesToolsProps) {
  if (!canEdit) {
    return (
      <LockedAction size="xs" className="touch:h-11" unlocks="Adding needs the admin role." quiet>
        Add log source
      </LockedAction>
    );
  }
  return (
    <div className="flex flex-wrap gap-2 pb-1">
      <Button size="xs" className="touch:h-11" onClick={onWatch}>
        <FolderSearch aria-hidden />
        Watch a log file…
      </Button>
      <Button size="xs" variant="ghost" className="touch:h-11" onClick={onAdd}>
        <Plus aria-hidden />
        Add log source
      </Button>
    </div>
  );
}
