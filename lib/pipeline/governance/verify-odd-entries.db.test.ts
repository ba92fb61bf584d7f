import { afterAll, beforeAll, expect, it } from "vitest";
import { PlainRows } from "@/lib/audit/plain-row";
import { sha256 } from "@/lib/audit/sha256";
import { verifySignature } from "@/lib/audit/signing";
import { verifyLedger } from "@/lib/audit/verify-ledger";
import { ledgerSource } from "@/lib/db/audit-ledger-store";
import { insertAuditEntries } from "@/lib/db/audit-store";
import { type Database, openDatabase } from "@/lib/db/client";
import type { AuditAction } from "@/lib/domain/audit";
import { newId } from "@/lib/ids";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { checkOffline, keeping } from "@/lib/testing/ledger-ground";
import { eraseAuditDetail } from "./erase-audit-detail";
import { sealAudit } from "./seal-audit";

let testDatabase: TestDatabase;
let db: Database;
const host = keeping();
const startMs = Date.UTC(2026, 10, 26, 9);
const context = (nowMs: number) =>
  testContext(db, actors.system("audit-ledger"), { nowMs, services: { ledger: host } });
const verified = () => verifyLedger(ledgerSource(db.pool), { sha256, verifySignature, trusted: null });
const action: AuditAction = "incident_monitor.draft.approved";

const odd = [
  ...[
    "",
    "\\N",
    "\\",
    "\\.",
    'a"b',
    "a\tb",
    "a\nb",
    "\r\b\f\v\u0001\u007f",
    "é\u2028",
    "\ud83d\ude00",
    "null",
  ],
  ...['","outcome":"failed', "x".repeat(9_000), "a, b: {c}"],
];
const details: Record<string, unknown>[] = [
  ...[{}, { n: 1 }, { n: -7.25, b: true, c: null }, { n: 1e21, m: 1e-7, o: 0.1 + 0.2, p: -0 }],
  ...[{ list: [], object: {} }, { list: [1, { z: 1, a: [null] }] }, { big: "y".repeat(100_000) }],
  ...odd.map((text) => ({ reason: text, [`name ${text}`.slice(0, 40)]: 1 })),
];
const entries = [...details, ...odd.map(() => ({ n: 2 }))].map((detail, at) => {
  const text = odd[at % odd.length] as string;
  return {
    ...{ id: newId.audit(), at: new Date(startMs + at), action, outcome: "done" as const, detail },
    actor: { kind: "user" as const, id: `user-${at < details.length ? "1" : text}`, name: text },
    subject: {
      kind: "draft" as const,
      id: at < details.length ? `d${at}` : text,
      projectId: at % 2 ? text : null,
    },
    requestId: at % 3 ? text : null,
  };
});

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  db = openDatabase(testDatabase.url, 4);
  await insertAuditEntries(db, entries);
  await sealAudit(context(startMs));
});
afterAll(async () => {
  await db?.close();
  await testDatabase?.drop();
});

it("whatever an entry holds, what was sealed is what is verified, live and from an export", async () => {
  expect(await verified()).toMatchObject({ ok: true, problem: null, entries: entries.length });
  expect(await checkOffline(db)).toMatchObject({ ok: true, problem: null, entries: entries.length });
  const plain = new PlainRows(sha256);
  const page = await ledgerSource(db.pool).page({ after: 0, limit: 1_000 });
  const asTheyStand = page.rows.flatMap((row) => plain.read(row)?.sequence ?? []);
  // Those with something to escape are taken apart, the others are not.
  expect(asTheyStand).toContain(1);
  expect(asTheyStand.length).toBeLessThan(entries.length);
});

it("what moves from one column to the next is found out", async () => {
  const client = await db.pool.connect();
  const missed: string[] = [];
  try {
    const moves = [
      "subject_id = subject_id || E'\\t' || COALESCE(project_id, ''), project_id = NULL",
      "project_id = CASE WHEN project_id IS NULL THEN E'\\\\N' END",
      "request_id = CASE WHEN request_id IS NULL THEN '' ELSE request_id || E'\\n' END",
      "subject_kind = subject_kind || '\"', subject_id = '\"' || subject_id",
      "actor = jsonb_set(actor, '{name}', to_jsonb((actor->>'name') || ' '))",
      `detail = detail || '{"n": 1.5}'`,
      "detail = CASE detail WHEN '{}' THEN '[]'::jsonb ELSE '{}'::jsonb END",
    ];
    for (let sequence = 1; sequence <= entries.length; sequence++)
      for (const move of moves) {
        await client.query("BEGIN");
        await client.query("ALTER TABLE audit_entries DISABLE TRIGGER USER");
        await client.query(`UPDATE audit_entries SET ${move} WHERE sequence = $1`, [sequence]);
        const options = { sha256, verifySignature, trusted: null };
        const { problem } = await verifyLedger(ledgerSource(client), options);
        if (problem?.kind !== "edited" || problem.sequence !== sequence) missed.push(`${sequence}: ${move}`);
        await client.query("ROLLBACK");
      }
  } finally {
    client.release();
  }
  expect(missed).toEqual([]);
});

it("what was erased of them is proven still", async () => {
  const entryIds = entries.filter((_, at) => at % 3 === 0).map(({ id }) => id);
  await eraseAuditDetail(context(startMs + 1_000), {
    entryIds,
    fields: ["actor", "detail"],
    reason: "retention",
  });
  expect(await verified()).toMatchObject({ ok: true, erased: entryIds.length });
  // With the entries of the erasure and of the export above.
  await sealAudit(context(startMs + 2_000));
  expect(await verified()).toMatchObject({ ok: true, erased: entryIds.length, entries: entries.length + 2 });
  expect(await checkOffline(db)).toMatchObject({ ok: true, erased: entryIds.length });
});
