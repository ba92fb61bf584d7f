import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import type { FailureReport } from "@/lib/domain/report";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { undoGrouping } from "../grouping/undo-grouping";
import { acceptReport } from "../intake/accept-report";
import { acceptReports } from "../intake/accept-reports";
import type { IncomingReport } from "../intake/prepare-report";
import { listVariations } from "./list-variations";
import { mergeIncidents } from "./merge-incidents";
import { splitIncident } from "./split-incident";
import { unmergeIncident } from "./unmerge-incident";

/** Two connection sets on one database hold copies of their own, as two processes do. */
let database: TestDatabase;
let here: Database;
let there: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  here = openDatabase(database.url);
  there = openDatabase(database.url);
});
afterAll(async () => {
  await here?.close();
  await there?.close();
  await database?.drop();
});
beforeEach(async () => {
  await here.pool.query("TRUNCATE incidents, grouping_rules CASCADE");
});

const failures = ["alpha", "beta", "gamma", "delta"] as const;
type Failure = (typeof failures)[number];

function report(failure: Failure, release: string): IncomingReport {
  const fields: FailureReport = {
    title: `The ${failure} settlement stopped`,
    detail: "no answer from the ledger",
    source: "payments",
    event: `${failure}.failed`,
    level: "error",
    excerpt: [],
    evidenceRefs: [],
    externalCorrelationIds: [],
    attributes: { release },
  };
  return { path: { kind: "unbound", provenance: "report" }, report: fields, idempotency: null };
}

const at = (db: Database) => testContext(db, actors.adminToken());
const see = async (db: Database, failure: Failure, release = "1.0") =>
  (await acceptReport(at(db), report(failure, release))).incident;

type Row = {
  id: string;
  merged_into_id: string | null;
  occurrence_count: number;
  stored: number;
  title: string;
};

/** Everything there is: what each row shows, and the sightings that lie at it. */
async function rows(): Promise<Row[]> {
  const found = await here.pool.query<Row>(
    `SELECT i.id, i.merged_into_id, i.occurrence_count, i.title, i.first_seen_at, i.last_seen_at,
       (SELECT count(*)::int FROM occurrences o WHERE o.incident_id = i.id) AS stored
     FROM incidents i WHERE i.deleted_at IS NULL ORDER BY i.title, i.first_seen_at, i.id`,
  );
  return found.rows;
}

/** What a screen shows: live incidents with their counts. */
const shown = async () =>
  (await rows())
    .filter((row) => row.merged_into_id === null)
    .map(({ id, occurrence_count }) => [id, occurrence_count]);

async function expectCounted(sightings: number) {
  const all = await rows();
  const live = all.filter((row) => row.merged_into_id === null);
  expect(live.reduce((sum, row) => sum + row.occurrence_count, 0)).toBe(sightings);
  expect(all.reduce((sum, row) => sum + row.stored, 0)).toBe(sightings);
  for (const row of live) {
    const family = all.filter((each) => each.id === row.id || each.merged_into_id === row.id);
    expect(row.occurrence_count).toBe(family.reduce((sum, each) => sum + each.stored, 0));
  }
}

describe("sightings of a merged incident", () => {
  it("count for the one it was merged into, in a process that knew it alone, and go with it when it is taken out", async () => {
    const lead = await see(here, "alpha");
    const member = await see(there, "beta");
    // Both processes know both failures as repeats, the short way.
    for (const db of [here, there]) for (const each of ["alpha", "beta"] as const) await see(db, each);
    await mergeIncidents(at(here), { leadId: lead.incidentId, incidentIds: [member.incidentId] });

    const far = await see(there, "beta");
    expect(far).toMatchObject({ incidentId: lead.incidentId, occurrenceCount: 7 });
    expect(await see(here, "beta")).toMatchObject({ incidentId: lead.incidentId, occurrenceCount: 8 });
    expect(await see(there, "alpha")).toMatchObject({ incidentId: lead.incidentId, occurrenceCount: 9 });
    await expectCounted(9);

    await unmergeIncident(at(here), member.incidentId);
    expect(Object.fromEntries(await shown())).toEqual({ [lead.incidentId]: 4, [member.incidentId]: 5 });
    expect(await see(there, "beta")).toMatchObject({ incidentId: member.incidentId, occurrenceCount: 6 });
    expect(await see(here, "alpha")).toMatchObject({ incidentId: lead.incidentId, occurrenceCount: 5 });
    await expectCounted(11);
  });

  it("are each counted once when both come in one batch", async () => {
    const lead = await see(here, "alpha");
    const member = await see(here, "beta");
    await mergeIncidents(at(here), { leadId: lead.incidentId, incidentIds: [member.incidentId] });
    const reports = (["beta", "alpha", "beta", "gamma"] as const).map((each) => report(each, "1.0"));
    const answers = await acceptReports(at(there), { reports });
    const ids = answers.map((each) => each.ok && each.accepted.incident.incidentId);
    expect(ids.slice(0, 3)).toEqual([lead.incidentId, lead.incidentId, lead.incidentId]);
    await expectCounted(6);
  });

  it("are neither lost nor counted twice while it is merged and taken out again", async () => {
    const lead = await see(here, "alpha");
    const member = await see(here, "beta");
    const both = ["alpha", "beta"] as const;
    const sightings = Array.from({ length: 60 }, (_, n) =>
      see(n % 2 ? here : there, both[(n >> 1) % 2] ?? "alpha"),
    );
    const moves = (async () => {
      for (let turn = 0; turn < 6; turn += 1) {
        await mergeIncidents(at(here), { leadId: lead.incidentId, incidentIds: [member.incidentId] });
        await unmergeIncident(at(there), member.incidentId);
      }
    })();
    await Promise.all([...sightings, moves]);
    await expectCounted(62);
    const all = await rows();
    expect(all).toHaveLength(2);
    expect(all.map((row) => row.occurrence_count)).toEqual(all.map((row) => row.stored));
  });
});

type Step =
  | { kind: "see"; failure: Failure; release: string; process: boolean }
  | { kind: "merge"; lead: number; member: number }
  | { kind: "unmerge"; member: number }
  | { kind: "split"; of: number; release: string }
  | { kind: "undo"; rule: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("see" as const),
      failure: fc.constantFrom(...failures),
      release: fc.constantFrom("1.0", "2.0"),
      process: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("merge" as const), lead: fc.nat(7), member: fc.nat(7) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("unmerge" as const), member: fc.nat(7) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("split" as const),
      of: fc.nat(7),
      release: fc.constantFrom("1.0", "2.0"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("undo" as const), rule: fc.nat(3) }) },
);

/** A refused step changes nothing; any other error is a fault. */
async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if ((error as { kind?: string }).kind === "conflict" || (error as { kind?: string }).kind === "invalid")
      return null;
    throw error;
  }
}

describe("whatever is merged, split, taken apart and seen in between", () => {
  it("each sighting is shown once, and undoing all of it leaves what there was before", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        await here.pool.query("TRUNCATE incidents, grouping_rules CASCADE");
        await here.pool.query("UPDATE monitor_settings SET grouping_version = grouping_version + 1");
        let sightings = 0;
        const rules: string[] = [];
        for (const failure of failures) {
          await see(here, failure, "1.0");
          await see(there, failure, "2.0");
          sightings += 2;
        }
        const before = await shown();
        const own = new Map(before.map(([id, n]) => [id as string, n as number]));
        const homes = new Map<Failure, string>();
        for (const row of await rows())
          homes.set(failures.find((each) => row.title.includes(each)) ?? "alpha", row.id);
        const idAt = async (nth: number) => (await rows())[nth]?.id ?? "none";
        for (const each of steps) {
          if (each.kind === "see") {
            await see(each.process ? here : there, each.failure, each.release);
            sightings += 1;
            const home = homes.get(each.failure) ?? "";
            own.set(home, (own.get(home) ?? 0) + 1);
          } else if (each.kind === "merge") {
            const [leadId, memberId] = [await idAt(each.lead), await idAt(each.member)];
            if (leadId !== "none" && memberId !== "none")
              await attempt(() => mergeIncidents(at(here), { leadId, incidentIds: [memberId] }));
          } else if (each.kind === "unmerge") {
            const memberId = await idAt(each.member);
            if (memberId !== "none") await attempt(() => unmergeIncident(at(there), memberId));
          } else if (each.kind === "split") {
            const incidentId = await idAt(each.of);
            if (incidentId === "none") continue;
            const split = { incidentId, attribute: "release", value: each.release };
            const made = await attempt(() => splitIncident(at(here), split));
            if (made) rules.push(made.ruleId);
          } else {
            const ruleId = rules[each.rule];
            if (ruleId) await attempt(() => undoGrouping(at(there), ruleId));
          }
          await expectCounted(sightings);
        }
        // Undo everything: what is merged is taken out, what was split off goes back into its own.
        for (const row of await rows())
          if (row.merged_into_id !== null) await attempt(() => unmergeIncident(at(here), row.id));
        for (const ruleId of rules.toReversed()) await attempt(() => undoGrouping(at(here), ruleId));
        const parts = (await rows()).filter((row) => !own.has(row.id));
        const origin = new Map(
          (
            await here.pool.query<{ part: string; home: string }>(
              "SELECT outcome->'split'->>'incidentId' AS part, outcome->'split'->>'fromId' AS home FROM grouping_rules",
            )
          ).rows.map((row) => [row.part, row.home]),
        );
        for (const part of parts) {
          const home = origin.get(part.id) ?? "";
          const lead = (await rows()).find((row) => row.id === home);
          if (part.merged_into_id === null)
            await mergeIncidents(at(here), { leadId: lead?.merged_into_id ?? home, incidentIds: [part.id] });
        }
        expect(Object.fromEntries(await shown())).toEqual(Object.fromEntries(own));
        await expectCounted(sightings);
      }),
      { numRuns: 12 },
    );
  }, 240_000);
});

it("what varies is said of the sightings that were looked at, also when nothing does", async () => {
  const alike = await see(here, "alpha");
  await see(here, "alpha");
  expect(await listVariations(at(here), alike.incidentId)).toEqual({ variations: [], lookedAt: 2 });
  await see(here, "alpha", "1.1");
  const found = await listVariations(at(here), alike.incidentId);
  expect([found.lookedAt, found.variations.map(({ attribute }) => attribute)]).toEqual([3, ["release"]]);
});
