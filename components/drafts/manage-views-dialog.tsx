"use client";

import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import type { SavedViewWire } from "@/lib/contracts/saved-view";
import type { DraftFilters } from "@/lib/queries/drafts";
import { ViewRow } from "./view-row";

type ManageViewsDialogProps = {
  views: readonly SavedViewWire[];
  filters: DraftFilters;
  onClose: () => void;
};

/** Rename, redirect, share and delete views, and choose what the queue opens with. Each change is saved at once. */
export default function ManageViewsDialog({ views, filters, onClose }: ManageViewsDialogProps) {
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent size="md">
        <DialogHeader>
          <DialogTitle>Saved views</DialogTitle>
          <DialogDescription>
            Each change is saved at once. No draft is touched by any of them.
          </DialogDescription>
        </DialogHeader>
        <DialogBody className="py-0">
          {views.length === 0 ? (
            <p className="py-4 text-muted-foreground">There is none any more.</p>
          ) : (
            <ul>
              {views.map((view) => (
                <ViewRow key={view.view_id} view={view} filters={filters} />
              ))}
            </ul>
          )}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose} kbd="esc">
            Close
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
