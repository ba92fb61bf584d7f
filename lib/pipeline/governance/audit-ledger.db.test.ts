import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromHex } from "@/lib/audit/bytes";
import { openNote, readCheckpoint, readVerifierKey } from "@/lib/audit/checkpoint";
import { sha256 } from "@/lib/audit/sha256";
import { verifySignature } from "@/lib/audit/signing";
import { isConsistent, isIncluded } from "@/lib/audit/tree";
import { verifyExport } from "@/lib/audit/verify-export";
import { verifyLedger } from "@/lib/audit/verify-ledger";
import { ledgerSource } from "@/lib/db/audit-ledger-store";
import { type Database, openDatabase } from "@/lib/db/client";
import type { Actor } from "@/lib/domain/actor";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { keeping, writeEntries } from "@/lib/testing/ledger-ground";
import { eraseAuditDetail } from "./erase-audit-detail";
import { type ExportAuditInput, exportAudit } from "./export-audit";
import { getAuditEntry } from "./get-audit-entry";
import { getAuditConsistency, getAuditLedger } from "./get-audit-ledger";
import { listAudit } from "./list-audit-entries";
import { sealAudit } from "./seal-audit";
import { verifyAudit } from "./verify-audit";

let testDatabase: TestDatabase;
let db: Database;
const host = keeping();
let clock = Date.UTC(2026, 10, 26, 9);
const context = (actor: Actor = actors.auditor()) => {
  clock += 1_000;
  return testContext(db, actor, { nowMs: clock, services: { ledger: host } });
};
const seal = () => sealAudit(context(actors.system("audit-ledger")));
const everything: ExportAuditInput = { format: "jsonl", after: 0, filter: {} };

async function exported(input: Partial<ExportAuditInput> = {}): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of await exportAudit(context(), { ...everything, ...input }))
    lines.push(line.trimEnd());
  return lines;
}

async function* each(lines: readonly string[]) {
  yield* lines;
}

async function ownKey() {
  const { keys } = await getAuditLedger(context());
  const key = readVerifierKey(sha256, keys[0]?.verifierKey ?? "");
  if (!key) throw new Error("the ledger has no key");
  return key;
}
const checked = async (lines: readonly string[]) =>
  verifyExport(each(lines), { sha256, verifySignature, trusted: await ownKey() });

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  db = openDatabase(testDatabase.url, 6);
  for (const [from, size] of [
    [0, 270],
    [270, 31],
    [301, 12],
  ] as const) {
    await writeEntries(db, size, clock, from);
    await seal();
  }
});
afterAll(async () => {
  await db?.close();
  await testDatabase?.drop();
});

describe("reading the ledger", () => {
  it("finds entries by what they say, newest first, page by page", async () => {
    const filter = { outcome: "denied", subjectKind: "settings", actor: "user:user-0" };
    const first = await listAudit(context(), { filter, page: { limit: 5 } });
    const next = await listAudit(context(), { filter, page: { limit: 50, cursor: first.nextCursor ?? "" } });
    const found = [...first.entries, ...next.entries];
    expect(found).toHaveLength(first.total);
    expect(found.every((entry) => entry.outcome === "denied" && entry.actorKey === "user:user-0")).toBe(true);
    expect(found.map((entry) => entry.at)).toEqual(
      found
        .map((entry) => entry.at)
        .toSorted()
        .reverse(),
    );
    const draft = await listAudit(context(), {
      filter: { action: "incident_monitor.draft" },
      page: { limit: 1 },
    });
    expect(draft.total).toBe(157);
  });

  it("proves each entry against the signed checkpoint, offline", async () => {
    const { entries } = await listAudit(context(), {
      filter: { subjectId: "subject-299" },
      page: { limit: 1 },
    });
    const { entry, proof } = await getAuditEntry(context(), entries[0]?.id ?? "");
    expect(proof?.holds).toBe(true);
    const note = openNote(proof?.note ?? "");
    const checkpoint = readCheckpoint(note?.text ?? "");
    const key = await ownKey();
    expect(verifySignature(key, note?.text ?? "", note?.signatures[0]?.bytes as Uint8Array)).toBe(true);
    const place = {
      index: (entry.sequence ?? 0) - 1,
      size: checkpoint?.size ?? 0,
      root: checkpoint?.root as Uint8Array,
    };
    const path = (proof?.path ?? []).map((hex) => fromHex(hex) as Uint8Array);
    expect(isIncluded(sha256, place, sha256(`\u0000${proof?.leaf}`), path)).toBe(true);
    expect(JSON.parse(proof?.leaf ?? "")).toMatchObject({ id: entry.id, sequence: entry.sequence });
    await expect(getAuditEntry(context(), "audit-none")).rejects.toMatchObject({ kind: "not_found" });
  });

  it("proves that it grew out of what somebody holds", async () => {
    const sizes = (await db.pool.query("SELECT tree_size FROM audit_checkpoints ORDER BY 1")).rows;
    const held = readCheckpoint(openNote(host.remembered() ?? "")?.text ?? "");
    await writeEntries(db, 3, clock, 1_000);
    await seal();
    const grown = await getAuditConsistency(context(), { from: held?.size ?? 0 });
    const from = { size: held?.size ?? 0, root: held?.root as Uint8Array };
    const to = { size: grown.to?.size ?? 0, root: fromHex(grown.to?.root ?? "") as Uint8Array };
    expect(
      isConsistent(
        sha256,
        from,
        to,
        grown.path.map((hex) => fromHex(hex) as Uint8Array),
      ),
    ).toBe(true);
    expect(sizes.length).toBeGreaterThan(2);
    await expect(getAuditConsistency(context(), { from: 1e9 })).rejects.toMatchObject({
      reason: "audit_size_invalid",
    });
  });

  it("is for admins and auditors, and those refused are on record", async () => {
    for (const actor of [actors.viewer(), actors.approver(), actors.serviceToken(), actors.agentToken()]) {
      const refused = { kind: "forbidden" };
      await expect(listAudit(context(actor), { filter: {}, page: { limit: 1 } })).rejects.toMatchObject(
        refused,
      );
      await expect(exportAudit(context(actor), everything)).rejects.toMatchObject(refused);
      await expect(verifyAudit(context(actor))).rejects.toMatchObject(refused);
    }
    const denied = { action: "incident_monitor.access.denied", subjectKind: "audit_ledger" };
    expect((await listAudit(context(actors.admin()), { filter: denied, page: { limit: 1 } })).total).toBe(12);
  });

  it("says what a verification read, and leaves an entry of it", async () => {
    await seal();
    const made = await verifyAudit(context(), { entries: 100 });
    expect(made).toMatchObject({ ok: true, problem: null, entries: 100, copies: 1, to: made.from + 99 });
    expect((await verifyAudit(context(), { entries: 100_000 })).from).toBe(1);
    const verified = { action: "incident_monitor.audit.verified", outcome: "done" };
    expect((await listAudit(context(), { filter: verified, page: { limit: 5 } })).total).toBe(2);
  });
});

describe("an export", () => {
  it("is whole, verifies with the public key alone, and is on record", async () => {
    await seal();
    const lines = await exported();
    const result = await checked(lines);
    expect(result).toMatchObject({ ok: true, problem: null });
    expect(result.entries).toBe(lines.filter((line) => line.startsWith('{"type":"entry"')).length);
    const found = await listAudit(context(), {
      filter: { action: "incident_monitor.audit.exported" },
      page: { limit: 9 },
    });
    expect(found.entries[0]?.detail).toMatchObject({ value: { format: "jsonl", after: 0 } });
  });

  it("goes on where another ended, in one file or by itself", async () => {
    const first = await exported();
    await seal();
    const end = JSON.parse(first.at(-1) ?? "{}") as { size: number };
    const second = await exported({ after: end.size });
    expect(await checked(second)).toMatchObject({ ok: true });
    expect(await checked([...first, ...second])).toMatchObject({ ok: true });
    expect(await checked([...second, ...first])).toMatchObject({ ok: false, problem: { kind: "missing" } });
    await expect(exported({ after: 1e9 })).rejects.toMatchObject({ reason: "audit_after_invalid" });
  });

  it("of what a filter finds proves each entry", async () => {
    const lines = await exported({ filter: { outcome: "denied" } });
    expect(await checked(lines)).toMatchObject({ ok: true });
    const edited = lines.map((line) => line.replace('"outcome":"denied"', '"outcome":"done"'));
    expect(await checked(edited)).toMatchObject({ ok: false, problem: { kind: "edited" } });
    expect(await checked(lines.toSpliced(3, 1))).toMatchObject({ ok: false });
  });

  it("for other systems carries sequence, leaf hash and checkpoint", async () => {
    const ocsf = (await exported({ format: "ocsf" })).map((line) => JSON.parse(line));
    expect(ocsf[4]).toMatchObject({ class_uid: 6003, metadata: { sequence: 5 } });
    expect(ocsf[4].unmapped.leaf_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(ocsf.at(-1).unmapped.audit_checkpoint.checkpoint).toContain("incident-monitor.ledger/");
    const cef = await exported({ format: "cef" });
    expect(cef[4]).toMatch(/^CEF:0\|Incident Monitor\|.*cn1=5 /);
    expect(cef.every((line) => line.startsWith("CEF:0|"))).toBe(true);
  });

  it("edited, cut, reordered or put together in any way is found out", async () => {
    const lines = await exported();
    const last = lines.length - 1;
    const at = fc.integer({ min: 0, max: last });
    const ways: Array<(line: number, other: number) => string[]> = [
      (line) => lines.toSpliced(line, 1),
      (line) => lines.slice(0, line),
      (line, other) => lines.with(line, lines[other] as string).with(other, lines[line] as string),
      (line, other) => lines.toSpliced(line, 0, lines[other] as string),
      (line, other) => lines.with(line, lines[other] as string),
      (line) => lines.with(line, `${lines[line]?.slice(0, -3)}`),
    ];
    await fc.assert(
      fc.asyncProperty(at, at, fc.integer({ min: 0, max: ways.length - 1 }), async (line, other, way) => {
        const made = ways[way]?.(line, other) ?? [];
        if (made.join("\n") === lines.join("\n")) return;
        expect((await checked(made)).ok).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  it("with any value of any line changed is found out", async () => {
    const lines = await exported();
    const key = await ownKey();
    const unproven = new Set(["exported_at_ms"]);
    const missed: string[] = [];
    for (const index of [
      0,
      1,
      7,
      lines.findIndex((line) => line.includes('"checkpoint"')),
      lines.length - 1,
    ]) {
      const line = JSON.parse(lines[index] ?? "{}") as Record<string, unknown>;
      for (const name of Object.keys(line).filter((each) => !unproven.has(each))) {
        const edited = lines.with(index, JSON.stringify({ ...line, [name]: another(line[name]) }));
        const result = await verifyExport(each(edited), { sha256, verifySignature, trusted: key });
        if (result.ok) missed.push(`${String(line.type)} ${name}`);
      }
    }
    expect(missed).toEqual([]);
  });
});

function another(value: unknown): unknown {
  if (typeof value === "number") return value + 1;
  if (typeof value === "string") return value.startsWith("f") ? `e${value.slice(1)}` : `f${value.slice(1)}`;
  return value === null ? "x" : { other: randomBytes(3).toString("hex") };
}

describe("erasing", () => {
  it("takes content and name away, and the ledger still verifies", async () => {
    const ids = ["subject-5", "subject-6"];
    const found = await Promise.all(
      ids.map((subjectId) => listAudit(context(), { filter: { subjectId }, page: { limit: 1 } })),
    );
    const entryIds = found.map(({ entries }) => entries[0]?.id ?? "");
    const input = { entryIds, fields: ["actor", "detail"] as const, reason: "retention" };
    await expect(eraseAuditDetail(context(actors.admin()), input)).rejects.toMatchObject({
      kind: "forbidden",
    });
    const ctx = context(actors.system("retention"));
    expect((await eraseAuditDetail(ctx, input)).erased.toSorted()).toEqual(entryIds.toSorted());
    expect(await eraseAuditDetail(ctx, input)).toEqual({ erased: [] });
    const rows = await db.pool.query(
      "SELECT actor, detail, actor_salt, detail_salt FROM audit_entries WHERE id = ANY($1)",
      [entryIds],
    );
    for (const row of rows.rows) {
      expect(row).toMatchObject({ detail: {}, actor_salt: null, detail_salt: null });
      expect(row.actor).not.toHaveProperty("name");
    }
    // Before its entry is sealed, and after.
    const live = () => verifyLedger(ledgerSource(db.pool), { sha256, verifySignature, trusted: null });
    expect(await live()).toMatchObject({ ok: true, erased: 2 });
    await seal();
    expect(await live()).toMatchObject({ ok: true, erased: 2 });
    expect((await getAuditEntry(context(), entryIds[0] ?? "")).proof?.holds).toBe(true);
    expect(await checked(await exported())).toMatchObject({ ok: true, erased: 2 });
  });

  it("without an entry that says so is found out", async () => {
    const client = await db.pool.connect();
    try {
      await client.query("BEGIN");
      // What the trigger lets through, since the leaf keeps its hash; only the entry is missing.
      const { entries } = await listAudit(context(), {
        filter: { subjectId: "subject-9" },
        page: { limit: 1 },
      });
      const { proof } = await getAuditEntry(context(), entries[0]?.id ?? "");
      await client.query(
        "UPDATE audit_entries SET detail = '{}', detail_salt = NULL, detail_hash = $2 WHERE id = $1",
        [entries[0]?.id, proof?.detailHash],
      );
      const result = await verifyLedger(ledgerSource(client), { sha256, verifySignature, trusted: null });
      expect(result).toMatchObject({
        ok: false,
        problem: { kind: "erased_unrecorded", sequence: entries[0]?.sequence },
      });
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
  });
});
