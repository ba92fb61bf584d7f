"use client";

import { useMemo, useState } from "react";
import { settleRows } from "./steady-rows";

type Held<Row> = {
  scope: string;
  ids: string[];
  rows: ReadonlyMap<string, Row>;
  read: readonly Row[];
  newCount: number;
};

/** `rows` stays the same array until something in it changes. */
export type SteadyRows<Row> = { rows: readonly Row[]; newCount: number; showNew: () => void };

/**
 * Rows of a live list that do not jump. `rows` is the newest reading, `undefined` while another scope's is awaited;
 * `scope` names the filters: with a new one the list starts over.
 */
export function useSteadyRows<Row>(
  rows: readonly Row[] | undefined,
  idOf: (row: Row) => string,
  scope: string,
  complete: boolean,
): SteadyRows<Row> {
  const [held, setHeld] = useState<Held<Row> | null>(null);
  let now = held;
  if (rows && (held?.scope !== scope || held.read !== rows)) {
    const same = held?.scope === scope ? held : null;
    const { shown, waiting } = settleRows(same?.ids ?? [], rows.map(idOf), complete);
    const known = new Map(same?.rows);
    for (const row of rows) known.set(idOf(row), row);
    const kept = new Map(shown.map((id) => [id, known.get(id) as Row]));
    now = { scope, ids: shown, rows: kept, read: rows, newCount: waiting.length };
    setHeld(now);
  }
  const onScreen = useMemo(() => [...(now?.rows.values() ?? [])], [now]);
  return {
    rows: onScreen,
    newCount: now && rows ? now.newCount : 0,
    showNew: () => {
      if (!rows) return;
      const all = new Map(rows.map((row) => [idOf(row), row]));
      setHeld({ scope, ids: [...all.keys()], rows: all, read: rows, newCount: 0 });
    },
  };
}
