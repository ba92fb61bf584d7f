import { expect } from "vitest";
import type { Ledger } from "./reporters";

type Query = <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>;

export type Counted = { occurrences: number; incidents: number };

/**
 * What must hold of intake after any fault: what was acknowledged is there once, what was not at most once, a batch is
 * whole or absent, and every count in the database agrees with every other.
 */
export async function checkIntake(query: Query, ledger: Ledger): Promise<Counted> {
  const rows = await query<{ marker: string; n: string }>(
    "SELECT sighting->>'run_id' AS marker, count(*) AS n FROM occurrences WHERE sighting ? 'run_id' GROUP BY 1",
  );
  const found = new Map(rows.map((row) => [row.marker, Number(row.n)]));
  const lost = [...ledger.acknowledged].filter((marker) => !found.has(marker));
  const twice = [...found].filter(([, n]) => n > 1).map(([marker]) => marker);
  const unknown = [...found.keys()].filter(
    (marker) => !ledger.acknowledged.has(marker) && !ledger.unanswered.has(marker),
  );
  expect({ lost, twice, unknown }).toEqual({ lost: [], twice: [], unknown: [] });
  const torn = ledger.openBatches.filter((markers) => {
    const there = markers.filter((marker) => found.has(marker)).length;
    return there !== 0 && there !== markers.length;
  });
  expect(torn, "batches of which a part was written").toEqual([]);
  return { occurrences: [...found.values()].reduce((sum, n) => sum + n, 0), ...(await checkCounts(query)) };
}

/** The database against itself. */
async function checkCounts(query: Query): Promise<{ incidents: number }> {
  const [counts] = await query<Record<string, number>>(`
    SELECT (SELECT count(*) FROM incidents)::int AS incidents,
      (SELECT count(*) FROM occurrences)::int AS occurrences,
      (SELECT COALESCE(sum(occurrence_count), 0) FROM incidents)::int AS counted,
      (SELECT count(*) FROM incidents i WHERE i.occurrence_count <>
        (SELECT count(*) FROM occurrences o WHERE o.incident_id = i.id))::int AS miscounted,
      (SELECT count(*) FROM incidents i LEFT JOIN drafts d ON d.id = i.draft_id WHERE d.id IS NULL)::int AS undrafted,
      (SELECT count(*) FROM (SELECT 1 FROM incidents WHERE deleted_at IS NULL AND merged_into_id IS NULL
        GROUP BY scope_key, fingerprint_version, fingerprint HAVING count(*) > 1) twins)::int AS twins,
      (SELECT COALESCE(sum((detail->>'accepted')::int), 0) FROM audit_entries
        WHERE action = 'incident_monitor.intake.batch')::int AS audited`);
  if (!counts) throw new Error("no counts");
  const { incidents = 0, occurrences, ...rest } = counts;
  expect(rest).toEqual({ counted: occurrences, miscounted: 0, undrafted: 0, twins: 0, audited: occurrences });
  return { incidents };
}
