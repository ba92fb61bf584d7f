"use client";

import { Pencil } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { useShortcuts } from "./use-shortcuts";

export type SaveBarProps = {
  /** "1 unsaved change"; nothing to save when it is undefined. */
  changes?: string;
  /** "2 warnings do not block saving" or why it cannot be saved. */
  remark?: ReactNode;
  onSave: () => void;
  onDiscard: () => void;
  saveLabel?: string;
  pending?: boolean;
  blocked?: boolean;
  extra?: ReactNode;
  className?: string;
};

/** 48 px at the foot of a settings page. `mod+s` saves. */
export function SaveBar(props: SaveBarProps) {
  const {
    changes,
    remark,
    onSave,
    onDiscard,
    saveLabel = "Review and save",
    pending,
    blocked,
    extra,
    className,
  } = props;
  const canSave = Boolean(changes) && !pending && !blocked;
  useShortcuts([
    {
      keys: "mod+s",
      label: saveLabel,
      group: "This page",
      run: onSave,
      disabled: !canSave,
      whileTyping: true,
    },
  ]);
  return (
    <div
      data-slot="save-bar"
      className={cn(
        "flex min-h-12 flex-none flex-wrap items-center gap-x-3 gap-y-2 border-t border-border bg-background px-4 py-2 md:px-6",
        className,
      )}
    >
      <p role="status" className="flex min-w-0 items-center gap-2 text-[12.5px]">
        {changes ? <Pencil aria-hidden className="size-3.5 text-primary" /> : null}
        <span className={changes ? "" : "text-muted-foreground"}>{changes ?? "No unsaved changes"}</span>
        {remark ? <span className="text-12 text-muted-foreground">{remark}</span> : null}
      </p>
      <div className="ml-auto flex items-center gap-2">
        {extra}
        <Button
          variant="ghost"
          size="sm"
          className="touch:h-11"
          onClick={onDiscard}
          disabled={!changes || pending}
        >
          Discard
        </Button>
        <Button
          variant="default"
          size="sm"
          className="touch:h-11"
          onClick={onSave}
          disabled={!canSave}
          pending={pending}
        >
          {saveLabel}
        </Button>
      </div>
    </div>
  );
}
