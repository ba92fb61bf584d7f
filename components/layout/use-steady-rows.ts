"use client";

import { useState } from "react";
import { settleRows } from "./steady-rows";

type Held<Row> = { scope: string; ids: string[]; rows: ReadonlyMap<string, Row>; read: readonly Row[] };

export type SteadyRows<Row> = { rows: Row[]; newCount: number; showNew: () => void };

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
    const { shown } = settleRows(same?.ids ?? [], rows.map(idOf), complete);
    const known = new Map(same?.rows);
    for (const row of rows) known.set(idOf(row), row);
    now = { scope, ids: shown, rows: new Map(shown.map((id) => [id, known.get(id) as Row])), read: rows };
    setHeld(now);
  }
  const onScreen = new Set(now?.ids);
  const waiting = now && rows ? now.read.filter((row) => !onScreen.has(idOf(row))).length : 0;
  return {
    rows: now ? now.ids.flatMap((id) => now.rows.get(id) ?? []) : [],
    newCount: waiting,
    showNew: () => {
      if (!rows) return;
      setHeld({ scope, ids: rows.map(idOf), rows: new Map(rows.map((row) => [idOf(row), row])), read: rows });
    },
  };
}
