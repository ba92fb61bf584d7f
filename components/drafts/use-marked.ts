"use client";

import { useCallback, useState } from "react";
import type { DraftWire } from "@/lib/contracts/draft";
import type { DraftQueue } from "./draft-queue";
import { nothingSelected } from "./draft-selection";

/** The rows marked for a bulk action. Another list begins without any: nobody acts on what they do not see. */
export function useMarked(rows: readonly DraftWire[], scope: string): Pick<DraftQueue, "marked" | "mark"> {
  const [held, setHeld] = useState({ scope, marked: nothingSelected });
  const marked = held.scope === scope ? held.marked : nothingSelected;
  const mark = useCallback<DraftQueue["mark"]>(
    (change) => {
      const order = rows.map((row) => row.draft_id);
      setHeld((now) => ({
        scope,
        marked: change(now.scope === scope ? now.marked : nothingSelected, order),
      }));
    },
    [rows, scope],
  );
  return { marked, mark };
}
