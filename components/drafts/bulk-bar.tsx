"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { useAnnounce } from "@/components/layout/announcer";
import { useShortcuts } from "@/components/layout/use-shortcuts";
import { Button } from "@/components/ui/button";
import type { BulkActionWire } from "@/lib/contracts/bulk";
import { usePermission } from "@/lib/queries/session";
import { bulkWords } from "./bulk-words";
import { useDraftQueue } from "./draft-queue";
import { isMarking, nothingSelected, selectionMax } from "./draft-selection";
import { SelectMore } from "./select-more";

/** The review of many comes when it is asked for. */
const BulkDialog = dynamic(() => import("./bulk-dialog"), { ssr: false });

type Open = { action: BulkActionWire; ids: readonly string[]; opener: Element | null };

/** Under the rows while some are marked: how many, more of them, and what can be done with all at once. */
export function BulkBar() {
  const { marked, mark } = useDraftQueue();
  const [open, setOpen] = useState<Open | null>(null);
  const decide = usePermission("decide").allowed;
  const triage = usePermission("triage").allowed;
  const publish = usePermission("publish").allowed;
  const announce = useAnnounce();
  const count = marked.ids.size;
  const clear = () => mark(() => nothingSelected);
  useShortcuts(
    isMarking(marked) ? [{ keys: "escape", label: "Unmark all", group: "Drafts", run: clear }] : [],
  );
  const offered: Array<{ action: BulkActionWire; may: boolean }> = [
    { action: "approve", may: decide },
    { action: "deny", may: decide },
    { action: "triage", may: triage },
    { action: "retry", may: publish },
  ];
  const actions = offered.filter((each) => each.may);
  if (!isMarking(marked)) return null;
  return (
    <section
      aria-label="Marked drafts"
      data-slot="bulk-bar"
      className="flex flex-none flex-col gap-2 border-t border-border bg-background px-4 py-2.5 max-md:pb-[calc(10px+env(safe-area-inset-bottom))]"
    >
      <div className="flex items-center gap-2">
        <span role="status" className="font-medium">
          {count} marked
          {count >= selectionMax ? (
            <span className="font-normal text-muted-foreground">, as many as one go takes</span>
          ) : null}
        </span>
        <SelectMore />
        <Button size="xs" variant="ghost" className="ml-auto touch:h-9" onClick={clear}>
          {count > 0 ? "Unmark all" : "Done"}
        </Button>
      </div>
      {actions.length > 0 ? (
        <div className="flex flex-wrap gap-1.5">
          {actions.map(({ action }) => (
            <Button
              key={action}
              size="sm"
              className="touch:h-11 max-sm:flex-1"
              aria-disabled={count === 0}
              onClick={(event) => {
                if (count === 0) return announce("Mark a draft first.");
                setOpen({ action, ids: [...marked.ids], opener: event.currentTarget });
              }}
            >
              {bulkWords[action].verb}…
            </Button>
          ))}
        </div>
      ) : (
        <p className="text-12 text-muted-foreground">Your role may read these, not change them.</p>
      )}
      {open ? (
        <BulkDialog
          key={open.ids.join()}
          {...open}
          onAgain={(ids) => setOpen({ ...open, ids })}
          onClose={(settled) => {
            setOpen(null);
            // What was refused stays marked: it is what is left to do.
            mark((now) => ({ ...now, ids: new Set([...now.ids].filter((id) => !settled.has(id))) }));
          }}
        />
      ) : null}
    </section>
  );
}
