import type { Draft, Incident } from "@/lib/domain/records";
import type { Database } from "./client";

/**
 * A record as this process last read it. `incidentRevision` moves with the incident's content, `draftVersion` with any
 * change of the draft's row: a copy is as good as the database when both are still the same.
 */
export type KnownRecord = {
  incident: Incident;
  draft: Draft | null;
  incidentRevision: number;
  draftVersion: string | null;
};

/** How many, and how many characters of them in all: one record of the largest report has half a million. */
const limits = { records: 1_000, characters: 20_000_000 };

/** The newest records by stored identity; the one that waited longest for a repeat is forgotten first. */
export class KnownRecords {
  private readonly byIdentity = new Map<string, { record: KnownRecord; size: number }>();
  private size = 0;

  get(identity: string): KnownRecord | undefined {
    return this.byIdentity.get(identity)?.record;
  }

  set(identity: string, record: KnownRecord): void {
    const held = this.byIdentity.get(identity);
    const size = held?.record === record ? held.size : sizeOf(record);
    this.delete(identity);
    this.byIdentity.set(identity, { record, size });
    this.size += size;
    for (const oldest of this.byIdentity.keys()) {
      if (this.byIdentity.size <= limits.records && this.size <= limits.characters) return;
      this.delete(oldest);
    }
  }

  delete(identity: string): void {
    this.size -= this.byIdentity.get(identity)?.size ?? 0;
    this.byIdentity.delete(identity);
  }
}

/** Characters of what may be long; the rest of a record is bounded and counts as one sum. */
function sizeOf({ incident, draft }: KnownRecord): number {
  const texts = [incident, draft?.content].flatMap((each) =>
    each ? [each.detail ?? "", ...each.excerpt, ...each.evidenceRefs, ...each.externalCorrelationIds] : [],
  );
  return texts.reduce((sum, text) => sum + text.length, 4_000);
}

const known = new WeakMap<Database, KnownRecords>();

export function knownRecords(db: Database): KnownRecords {
  let records = known.get(db);
  if (!records) {
    records = new KnownRecords();
    known.set(db, records);
  }
  return records;
}
