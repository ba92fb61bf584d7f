import { expect, it } from "vitest";
import type { Incident } from "@/lib/domain/records";
import { aDraft } from "@/lib/testing/drafts";
import { type KnownRecord, KnownRecords } from "./known-records";

const record = (detail: string): KnownRecord => ({
  incident: { detail, excerpt: [], evidenceRefs: [], externalCorrelationIds: [] } as unknown as Incident,
  draft: aDraft(),
  incidentRevision: 1,
  draftVersion: "1",
});
const held = (records: KnownRecords, count: number) =>
  Array.from({ length: count }, (_, n) => records.get(`id-${n}`)).filter((each) => each !== undefined).length;

it("holds a thousand, and forgets the one that waited longest for a repeat", () => {
  const records = new KnownRecords();
  for (let n = 0; n < 1_000; n++) records.set(`id-${n}`, record("short"));
  records.set("id-0", records.get("id-0") as KnownRecord);
  records.set("id-1000", record("short"));
  expect([held(records, 1_001), records.get("id-0") !== undefined, records.get("id-1")]).toEqual([
    1_000,
    true,
    undefined,
  ]);
});

it("holds far fewer of the largest reports, and forgetting makes room again", () => {
  const records = new KnownRecords();
  const large = "x".repeat(200_000);
  for (let n = 0; n < 500; n++) records.set(`id-${n}`, record(large));
  expect(held(records, 500)).toBeLessThan(100);
  expect(records.get("id-499")).toBeDefined();
  for (let n = 0; n < 500; n++) records.delete(`id-${n}`);
  for (let n = 0; n < 1_000; n++) records.set(`id-${n}`, record("short"));
  expect(held(records, 1_000)).toBe(1_000);
});
