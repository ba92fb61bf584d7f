"use client";

import { useState } from "react";
import { notify } from "@/components/layout/notify";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { FilterButton } from "@/components/ui/filter-button";
import { readMatching } from "@/lib/queries/bulk";
import type { DraftFilters } from "@/lib/queries/drafts";
import { useDraftQueue } from "./draft-queue";
import { added, selectionMax } from "./draft-selection";

/** Marks more at once: what is loaded, what matches, or everything of one failure. */
export function SelectMore() {
  const { rows, total = 0, filters, marked, mark, selectedId } = useDraftQueue();
  const [reading, setReading] = useState(false);
  const last = rows.find((row) => row.draft_id === (marked.anchor ?? selectedId));
  const loaded = Math.min(rows.length, selectionMax);
  const matching = Math.min(total, selectionMax);
  async function markMatching(wanted: DraftFilters) {
    setReading(true);
    try {
      const ids = await readMatching(wanted);
      mark((now) => added(now, ids));
    } catch {
      notify("deliveryFailed", "Nothing more was marked", { description: "The list could not be read." });
    } finally {
      setReading(false);
    }
  }
  return (
    <DropdownMenu modal={false}>
      <DropdownMenuTrigger asChild>
        <FilterButton aria-busy={reading}>Mark more</FilterButton>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" side="top">
        <DropdownMenuItem
          disabled={loaded === 0}
          onSelect={() => mark((now, order) => added(now, order))}
        >{`All ${loaded} on the page`}</DropdownMenuItem>
        {total > rows.length ? (
          <DropdownMenuItem onSelect={() => void markMatching(filters)}>
            {total > selectionMax
              ? `The first ${selectionMax} of ${total > 10_000 ? "more than 10,000" : total} that match`
              : `All ${matching} that match`}
          </DropdownMenuItem>
        ) : null}
        {last ? (
          <DropdownMenuItem onSelect={() => void markMatching({ fingerprint: last.fingerprint })}>
            All drafts of this failure
          </DropdownMenuItem>
        ) : null}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
