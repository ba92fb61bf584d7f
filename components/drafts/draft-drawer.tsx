"use client";

import { Sheet, SheetContent, SheetDescription, SheetTitle } from "@/components/ui/sheet";
import { DraftListPane } from "./draft-list-pane";

type DraftDrawerProps = { open: boolean; onOpenChange: (open: boolean) => void };

/** Between 900 and 1280 px the queue is a drawer over the draft. */
export function DraftDrawer({ open, onOpenChange }: DraftDrawerProps) {
  return (
    <Sheet open={open} onOpenChange={onOpenChange}>
      <SheetContent side="left" closable={false} className="w-[min(360px,90vw)]">
        <SheetTitle className="sr-only">Drafts</SheetTitle>
        <SheetDescription className="sr-only">The queue; opening a draft closes it.</SheetDescription>
        <DraftListPane full={false} onOpen={() => onOpenChange(false)} className="min-h-0 flex-1" />
      </SheetContent>
    </Sheet>
  );
}
