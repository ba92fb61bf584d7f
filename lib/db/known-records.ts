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

/** About 20 MB at most: a record of the largest report is some 20 KB. */
const recordsMax = 1_000;

/** The newest records by stored identity; the one that waited longest for a repeat is forgotten first. */
class KnownRecords {
  private readonly byIdentity = new Map<string, KnownRecord>();

  get(identity: string): KnownRecord | undefined {
    return this.byIdentity.get(identity);
  }

  set(identity: string, record: KnownRecord): void {
    this.byIdentity.delete(identity);
    this.byIdentity.set(identity, record);
    if (this.byIdentity.size <= recordsMax) return;
    for (const oldest of this.byIdentity.keys()) {
      this.byIdentity.delete(oldest);
      return;
    }
  }

  delete(identity: string): void {
    this.byIdentity.delete(identity);
  }
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
