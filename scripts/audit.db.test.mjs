import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifierKey } from "../lib/audit/checkpoint.ts";
import { ledgerFiles } from "../lib/audit/ledger-files.ts";
import { receiptText } from "../lib/audit/receipt-file.ts";
import { newSigningSeed, signerOf } from "../lib/audit/signing.ts";
import { openDatabase } from "../lib/db/client.ts";
import { exportAudit } from "../lib/pipeline/governance/export-audit.ts";
import { sealAudit } from "../lib/pipeline/governance/seal-audit.ts";
import { actors, testContext } from "../lib/testing/context.ts";
import { createTestDatabase } from "../lib/testing/database.ts";
import { writeEntries } from "../lib/testing/ledger-ground.ts";
import { aReceipt, strangeKey } from "../lib/testing/receipt-ground.ts";
import { bundle } from "./build/bundle.mjs";
import { projectRoot } from "./project.mjs";
import { prepareDataFolder, readSecret, secretFile, writeSecret } from "./secrets.mjs";

let database;
let db;
let folder;
let clock = Date.UTC(2026, 10, 26, 9);
let written = 0;

const dataDir = () => path.join(folder, "data");
const file = (name, text) => {
  const at = path.join(folder, name);
  if (text !== undefined) fs.writeFileSync(at, text);
  return at;
};

/** The command in a process of its own, on this ledger and this host's folder unless the arguments say otherwise. */
function audit(args, { host = dataDir(), url = database.url, env = {} } = {}) {
  const given = ["scripts/audit.mjs", ...args, "--data-dir", host, ...(url ? ["--database-url", url] : [])];
  const { DATABASE_URL, INCIDENT_MONITOR_AUDIT_KEY, INCIDENT_MONITOR_DATA_DIR, ...rest } = process.env;
  return new Promise((resolve) => {
    execFile(process.execPath, given, { cwd: projectRoot, env: { ...rest, ...env } }, (error, out, err) =>
      resolve({ code: error ? error.code : 0, out, err }),
    );
  });
}

/** What `action` answers, as text, once `count` more entries were written and sealed. */
async function sealMore(count, seconds = 1) {
  clock += seconds * 1_000;
  await writeEntries(db, count, clock, written);
  written += count;
  const services = { ledger: ledgerFiles(dataDir(), undefined) };
  await sealAudit(testContext(db, actors.system("audit-ledger"), { nowMs: clock, services }));
}

const keyLines = async () => (await audit(["keys"])).out.trim().split("\n");

beforeAll(async () => {
  // What lies there from an earlier build may be of other sources.
  await bundle(["audit", "audit-store"]);
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "incident-monitor-audit-"));
  prepareDataFolder(dataDir());
  writeSecret(dataDir(), "audit-key", newSigningSeed());
  database = await createTestDatabase();
  db = openDatabase(database.url, 2);
  await sealMore(40);
});
afterAll(async () => {
  await db?.close();
  await database?.drop();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe("the audit command", { timeout: 120_000 }, () => {
  it("says how it is used, and what it cannot do without", async () => {
    expect(await audit(["--help"])).toMatchObject({ code: 0, out: expect.stringContaining("verify FILE") });
    expect(await audit([])).toMatchObject({ code: 2 });
    expect(await audit(["sing"])).toMatchObject({
      code: 2,
      err: expect.stringContaining('no command "sing"'),
    });
    expect(await audit(["keys", "sing"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("keys sing"),
    });
    const none = await audit(["verify"], { url: null, host: path.join(folder, "nowhere") });
    expect(none).toMatchObject({ code: 2, err: expect.stringContaining("no server runs on") });
  });

  it("verifies a live ledger against this host's key, and finds that another is none of its", async () => {
    const whole = await audit(["verify", "--json"]);
    expect(whole.code).toBe(0);
    expect(JSON.parse(whole.out)).toMatchObject({ ok: true, entries: 40, checkpoints: 1, problem: null });
    expect((await audit(["verify"])).out).toMatch(
      /^Verified: 40 entries and 1 checkpoints of incident-monitor\.ledger/,
    );
    const elsewhere = await audit(["verify"], { host: path.join(folder, "elsewhere") });
    expect(elsewhere).toMatchObject({ code: 0, err: expect.stringContaining("not whose it is") });
    const other = await audit(["verify", "--key", strangeKey]);
    expect(other).toMatchObject({ code: 1, err: expect.stringContaining("NOT as signed (key)") });
    expect((await audit(["verify", "--key", "nonsense"])).err).toContain("the public key is none");
  });
});

describe("files", { timeout: 120_000 }, () => {
  it("exports, goes on after a sequence, and verifies both apart and together", async () => {
    const [key] = await keyLines();
    const [first, second] = [file("first.ndjson"), file("second.ndjson")];
    expect(await audit(["export", "--out", first])).toMatchObject({ code: 0, err: "40 entries.\n" });
    await sealMore(25);
    expect((await audit(["export", "--after", "40", "--out", second])).err).toBe("25 entries.\n");
    for (const each of [first, second]) expect((await audit(["verify", each, key])).code).toBe(0);
    const both = file("both.ndjson", fs.readFileSync(first, "utf8") + fs.readFileSync(second, "utf8"));
    const joined = await audit(["verify", both, file("key.txt", `${key}\n`), "--json"], { url: null });
    expect([joined.code, JSON.parse(joined.out).entries]).toEqual([0, 65]);
    const printed = await audit(["export"]);
    expect((await audit(["verify", file("printed.ndjson", printed.out), key])).code).toBe(0);
    expect(await audit(["export", "--after", "66"])).toMatchObject({ code: 2 });
    expect((await audit(["export", "--after=-1"])).err).toContain("--after is a sequence");

    const swapped = file("swapped.ndjson", fs.readFileSync(second, "utf8") + fs.readFileSync(first, "utf8"));
    expect((await audit(["verify", swapped, key])).code).toBe(1);
    const older = await audit([
      "verify",
      first,
      key,
      "--checkpoint",
      path.join(dataDir(), "audit-checkpoint.txt"),
    ]);
    expect(older).toMatchObject({ code: 1, err: expect.stringContaining("entries after 40 are gone") });
  });

  it("finds an export that was cut off, changed, or is of another key", async () => {
    const [key] = await keyLines();
    const { out } = await audit(["export"]);
    const lines = out.trimEnd().split("\n");
    const bad = {
      cut: [lines.slice(0, -1).join("\n"), "without its last line"],
      "cut within a line": [out.slice(0, out.length - 40), "is not a JSON object"],
      changed: [out.replace("because 3", "because 4"), "its content is not what its leaf hash says"],
      missing: [lines.filter((line) => !line.includes('"sequence":7,')).join("\n"), "entry 7 is missing"],
      empty: ["", "nothing of an export"],
    };
    for (const [name, [text, words]] of Object.entries(bad))
      expect(await audit(["verify", file(`${name}.ndjson`, text), key])).toMatchObject({
        code: 1,
        err: expect.stringContaining(words),
      });
    const good = file("good.ndjson", out);
    expect(await audit(["verify", good, strangeKey])).toMatchObject({ code: 1 });
    expect(await audit(["verify", good])).toMatchObject({
      code: 2,
      err: expect.stringContaining("PUBLIC_KEY"),
    });
    expect(await audit(["verify", file("not-there.ndjson"), key])).toMatchObject({ code: 2 });
  });

  it("verifies what the API exports, with a filter too, and says of formats without proofs that they are none", async () => {
    const [key] = await keyLines();
    const exported = async (format, filter) => {
      const ctx = testContext(db, actors.auditor(), { nowMs: clock });
      let text = "";
      for await (const line of await exportAudit(ctx, { format, after: 0, filter })) text += line;
      return file(`api.${format}`, text);
    };
    for (const filter of [{}, { outcome: "denied" }])
      expect((await audit(["verify", await exported("jsonl", filter), key])).code).toBe(0);
    for (const format of ["ocsf", "cef"])
      expect(await audit(["verify", await exported(format, {}), key])).toMatchObject({ code: 1 });
  });

  it("knows a portable receipt, and comes to the same on a changed one", async () => {
    const { file: receipt, key } = aReceipt();
    const text = receiptText(receipt);
    const whole = file("receipt.json", text);
    const proven = await audit(["verify", whole, key], { url: null });
    expect(proven.code).toBe(0);
    expect(proven.out).toMatch(/^Verified: this receipt is in the ledger ledger-test\.\n/);
    expect(proven.out.match(/^ok /gm)).toHaveLength(9);
    expect((await audit(["verify", whole], { url: null })).out).toContain(
      "Give a PUBLIC_KEY to show who signed it",
    );
    const json = JSON.parse((await audit(["verify", whole, key, "--json"], { url: null })).out);
    expect(json).toMatchObject({ ok: true, trust: "given", statement: { receipt: { state: "published" } } });
    for (const [name, changed, words] of [
      ["changed", text.replaceAll("X-7", "X-8"), "receipt.sent is not what entry"],
      ["cut", text.slice(0, 900), "It is not JSON"],
      ["compact", JSON.stringify({ ...JSON.parse(text), asked: null }), "asked is null"],
    ])
      expect(await audit(["verify", file(`${name}.json`, changed), key], { url: null })).toMatchObject({
        code: 1,
        err: expect.stringContaining(words),
      });
    expect((await audit(["verify", whole, strangeKey], { url: null })).err).toContain("none of the ledger's");
    const bytes = file(
      "bytes.json",
      Buffer.concat([Buffer.from('{"approvals":"'), Buffer.from([0xff, 0xfe])]),
    );
    expect((await audit(["verify", bytes, key], { url: null })).code).toBe(1);
  });
});

describe("a backup that was restored", { timeout: 120_000 }, () => {
  it("is found by the checkpoint that this host remembers, and by the one that a witness holds", async () => {
    const copy = new URL(database.url);
    copy.pathname = `${copy.pathname}_old`;
    await db.close();
    await onServer(
      `CREATE DATABASE "${copy.pathname.slice(1)}" TEMPLATE "${new URL(database.url).pathname.slice(1)}"`,
    );
    db = openDatabase(database.url, 2);
    await sealMore(12, 60);
    const witnessed = file(
      "witnessed.txt",
      fs.readFileSync(path.join(dataDir(), "audit-checkpoint.txt"), "utf8"),
    );
    expect((await audit(["verify", "--checkpoint", witnessed])).code).toBe(0);

    const restored = { url: copy.toString() };
    expect(await audit(["verify"], restored)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/NOT as signed \(truncated\): entries after \d+ are gone/),
    });
    // The folder was restored with it: the database alone says nothing, the witness does.
    const host = path.join(folder, "restored");
    fs.cpSync(dataDir(), host, { recursive: true });
    fs.rmSync(path.join(host, "audit-checkpoint.txt"));
    expect((await audit(["verify"], { ...restored, host })).code).toBe(0);
    expect(await audit(["verify", "--checkpoint", witnessed], { ...restored, host })).toMatchObject({
      code: 1,
      err: expect.stringContaining("witnessed.txt covers"),
    });
    await onServer(`DROP DATABASE "${copy.pathname.slice(1)}" WITH (FORCE)`);
  });
});

async function onServer(sql) {
  const admin = new URL(database.url);
  admin.pathname = "/postgres";
  const client = new pg.Client({ connectionString: admin.toString() });
  await client.connect();
  await client.query(sql);
  await client.end();
}

describe("keys", { timeout: 120_000 }, () => {
  it("are handed over: what follows verifies with the first and with the new one", async () => {
    const [first] = await keyLines();
    const before = readSecret(dataDir(), "audit-key");
    const given = await audit(["keys", "rotate"], { env: { INCIDENT_MONITOR_AUDIT_KEY: before } });
    expect(given).toMatchObject({ code: 2, err: expect.stringContaining("INCIDENT_MONITOR_AUDIT_KEY") });
    const elsewhere = await audit(["keys", "rotate"], { host: path.join(folder, "other-host") });
    expect(elsewhere).toMatchObject({ code: 2, err: expect.stringContaining("does not hold key") });

    const rotated = await audit(["keys", "rotate"]);
    expect(rotated.code).toBe(0);
    const lines = await keyLines();
    expect(lines).toEqual([first, rotated.out.trim().split("\n").at(-1)]);
    const seed = readSecret(dataDir(), "audit-key");
    expect(seed).not.toBe(before);
    expect(fs.existsSync(secretFile(dataDir(), "audit-key-next"))).toBe(false);
    expect(lines[1]).toBe(verifierKey(signerOf(first.split("+")[0], seed).key));
    await sealMore(5);
    expect((await audit(["verify"])).code).toBe(0);
    const whole = file("rotated.ndjson", (await audit(["export"])).out);
    for (const key of lines) expect((await audit(["verify", whole, key])).code).toBe(0);
  });

  it("that are lost are given up: nobody who trusts the old one alone follows", async () => {
    const [first] = await keyLines();
    fs.rmSync(secretFile(dataDir(), "audit-key"));
    expect((await audit(["keys", "rotate"])).code).toBe(2);
    expect((await audit(["keys", "rotate", "--lost"])).code).toBe(0);
    await sealMore(5);
    const next = (await keyLines()).at(-1);
    const old = await audit(["verify", "--key", first]);
    expect(old).toMatchObject({ code: 1, err: expect.stringContaining("no trusted key handed over to") });
    for (const args of [["verify"], ["verify", "--key", next]]) expect((await audit(args)).code).toBe(0);
    const { rows } = await db.pool.query(
      "SELECT detail FROM audit_entries WHERE action = 'incident_monitor.audit.key_rotated' ORDER BY at",
    );
    expect(rows.map(({ detail }) => detail.lost)).toEqual([false, true]);
  });
});
