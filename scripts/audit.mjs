// The audit ledger from the command line: verify it live, from an export or from a receipt, export it, show and rotate its
// keys. Needs no running server. Exit codes: 0 as asked, 1 the ledger or file is not what was signed, 2 it could not be looked at.
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { openAuditTool } from "./audit/open-tool.mjs";
import { readLines } from "./audit/read-lines.mjs";
import { projectRoot } from "./project.mjs";
import { SettingError } from "./settings.mjs";
import { readRunRecord } from "./start/run-record.mjs";

const help = `Usage: node scripts/audit.mjs COMMAND

  verify                       the live ledger: every entry, checkpoint, key and tile
  verify FILE PUBLIC_KEY       an export or a portable receipt, without a database or a network; PUBLIC_KEY is the line that
                               "keys" prints, or a file of it; a receipt without one is checked against the key in the file
  export [--after N]           sealed entries as NDJSON, to --out FILE or standard output
  keys                         the public keys, one a line, oldest first
  keys rotate                  go on with a new key, signed over by the one in force; --lost: the one in force is gone
  protect ADMIN_URL            give the ledger's tables to a role of their own, on a database that is not the embedded one
  release ADMIN_URL            give them back, before an upgrade that says so

  --database-url URL           default: DATABASE_URL, else the server that runs on the data folder
  --data-dir FOLDER            default: INCIDENT_MONITOR_DATA_DIR, else .data
  --key PUBLIC_KEY             verify: the key to trust; default: the one this host signs with
  --checkpoint FILE            verify: a checkpoint kept elsewhere, such as what a witness was sent; may be given again
  --json                       verify: the result as JSON`;

const options = {
  "database-url": { type: "string" },
  "data-dir": { type: "string" },
  key: { type: "string" },
  checkpoint: { type: "string", multiple: true },
  after: { type: "string" },
  out: { type: "string" },
  lost: { type: "boolean" },
  json: { type: "boolean" },
  help: { type: "boolean" },
};

/** Something that a person has to put right; anything else is ours. */
class UsageError extends Error {}

process.exitCode = await main(process.argv.slice(2));

async function main(argv) {
  try {
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true });
    const [command, ...rest] = positionals;
    if (values.help || !command) {
      console.log(help);
      return values.help ? 0 : 2;
    }
    const run = { verify, export: exportLedger, keys, protect, release }[command];
    if (!run) throw new UsageError(`there is no command "${command}"`);
    return await run(rest, { ...values, dataDir: dataDirOf(values) });
  } catch (error) {
    const known =
      error instanceof UsageError ||
      error instanceof SettingError ||
      error.code?.startsWith("ERR_PARSE_ARGS");
    console.error(
      known ? `${error.message}\n\n${help}` : `could not be done: ${error.message || error.code}`,
    );
    return 2;
  }
}

function dataDirOf(values) {
  return path.resolve(
    values["data-dir"] ?? process.env.INCIDENT_MONITOR_DATA_DIR ?? path.join(projectRoot, ".data"),
  );
}

function databaseUrlOf(values) {
  const url =
    values["database-url"] ?? process.env.DATABASE_URL ?? readRunRecord(values.dataDir)?.databaseUrl;
  if (url) return url;
  throw new UsageError(`no server runs on ${values.dataDir}: start one, or give --database-url`);
}

async function withDatabase(values, work) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: databaseUrlOf(values), options: "-c TimeZone=UTC" });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** A key given as its line or in a file; null where none was. */
function keyOf(tool, text) {
  if (text === undefined) return null;
  const line = fs.existsSync(text) ? fs.readFileSync(text, "utf8") : text;
  const key = tool.readVerifierKey(tool.sha256, line);
  if (!key)
    throw new UsageError("the public key is none: give the line that `keys` prints, or a file that holds it");
  return key;
}

function checkpointsOf(tool, files) {
  return files.map((file) => {
    const note = tool.openNote(fs.readFileSync(file, "utf8"));
    const checkpoint = note && tool.readCheckpoint(note.text);
    if (!checkpoint) throw new UsageError(`${file} holds no checkpoint`);
    return { ...checkpoint, from: file };
  });
}

async function verify([file, key], values) {
  const tool = await openAuditTool();
  const known = checkpointsOf(tool, values.checkpoint ?? []);
  const given = keyOf(tool, key ?? values.key);
  const startedAt = performance.now();
  if (file && isReceipt(file)) {
    const { showReceipt, verifyReceiptFile } = await import("./audit/verify-receipt-file.mjs");
    return showReceipt(verifyReceiptFile(tool, file, given), values.json);
  }
  const result = file
    ? await verifyFile(tool, file, given, known)
    : await withDatabase(values, (client) => verifyLive(tool, client, values, given, known));
  return report(result, performance.now() - startedAt, values.json);
}

/** By how it begins: an export's lines name their type first, a receipt has one of these members. */
function isReceipt(file) {
  const beginning = Buffer.alloc(1024);
  const handle = fs.openSync(file, "r");
  const length = fs.readSync(handle, beginning);
  fs.closeSync(handle);
  const members = "approvals|asked|attempts|checkpoint|entries|format|keys|receipt";
  return new RegExp(`^\\uFEFF?\\s*\\{\\s*"(?:${members})"`).test(beginning.toString("utf8", 0, length));
}

async function verifyFile(tool, file, trusted, known) {
  if (!trusted) throw new UsageError("verify FILE needs the PUBLIC_KEY to trust");
  const { sha256, verifySignature } = tool;
  return tool.verifyExport(readLines(file), { sha256, verifySignature, trusted, known });
}

async function verifyLive(tool, client, values, given, known) {
  const { sha256, verifySignature } = tool;
  // One moment of the ledger, however much is written meanwhile.
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  const source = tool.ledgerSource(client);
  const kept = path.join(values.dataDir, tool.checkpointFile);
  const copies = fs.existsSync(kept) ? checkpointsOf(tool, [kept]) : [];
  const trusted = given ?? (await ownKey(tool, source, values));
  if (!trusted)
    console.error(
      "No key of this host is at hand: what follows shows that the ledger is whole, not whose it is.",
    );
  return tool.verifyLedger(source, { sha256, verifySignature, trusted, known: [...known, ...copies] });
}

/** The oldest of the ledger's keys that reaches the one this host signs with: none of them but by its endorsement. */
async function ownKey(tool, source, values) {
  const keys = await source.keys();
  const name = keys[0]?.name;
  if (!name) return null;
  for (const seed of tool.ledgerFiles(values.dataDir, process.env.INCIDENT_MONITOR_AUDIT_KEY).seeds()) {
    const signer = tool.signerOf(name, seed);
    if (signer && keys.some((each) => each.keyId === signer.key.keyId)) return signer.key;
  }
  return null;
}

function report(result, tookMs, asJson) {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const cost = {
    took_ms: Math.round(tookMs),
    cpu_ms: Math.round((userCPUTime + systemCPUTime) / 1_000),
    peak_rss_mib: Math.round(maxRSS / 1024),
  };
  if (asJson) console.log(JSON.stringify({ ...result, ...cost }, null, 2));
  else {
    const rate = tookMs > 0 ? Math.round((result.entries / tookMs) * 1000) : 0;
    const seen = `${result.entries} entries and ${result.checkpoints} checkpoints of ${result.origin ?? "an empty ledger"}`;
    if (result.ok) {
      const last = result.root
        ? `, up to checkpoint ${result.size} (root ${result.root}, key ${result.keyId})`
        : "";
      console.log(`Verified: ${seen}${last}. ${result.erased} erased and on record. ${rate}/s.`);
    } else {
      console.error(`NOT as signed (${result.problem.kind}): ${result.problem.message}`);
      console.error(`Proven up to entry ${result.problem.afterSize}; ${seen} were read.`);
    }
  }
  return result.ok ? 0 : 1;
}

async function exportLedger(_, values) {
  const after = Number(values.after ?? 0);
  if (!Number.isSafeInteger(after) || after < 0) throw new UsageError("--after is a sequence: 0 or more");
  const tool = await openAuditTool();
  const { writeExport } = await import("./audit/write-export.mjs");
  const out = values.out ? fs.createWriteStream(values.out) : process.stdout;
  const count = await withDatabase(values, (client) => writeExport(tool, client, after, out));
  if (values.out) await new Promise((resolve, reject) => out.on("error", reject).end(resolve));
  console.error(`${count} entries.`);
  return 0;
}

async function keys([what], values) {
  const tool = await openAuditTool();
  if (what === "rotate") {
    const { rotateKey } = await import("./audit/rotate-key.mjs");
    const made = await withDatabase(values, (client) => rotateKey(tool, client, values));
    console.log(`The ledger goes on with key ${made.keyId}. Give verifiers this line:\n${made.line}`);
    return 0;
  }
  if (what !== undefined) throw new UsageError(`there is no "keys ${what}"`);
  await withDatabase(values, async (client) => {
    for (const row of await tool.ledgerSource(client).keys())
      console.log(tool.verifierKey(tool.publicKeyOf(tool.sha256, row.name, tool.fromBase64(row.publicKey))));
  });
  return 0;
}

function protect([url], values) {
  return handOver(url, values, "protectLedger");
}

function release([url], values) {
  return handOver(url, values, "releaseLedger");
}

/** As a superuser of the same database; the role of the application is the one its own URL names. */
async function handOver(adminUrl, values, way) {
  if (!adminUrl) throw new UsageError("give the URL of a superuser of the application's database");
  const role = decodeURIComponent(new URL(databaseUrlOf(values)).username);
  const work = (await import("./postgres/protect-ledger.mjs"))[way];
  const admin = { ...values, "database-url": adminUrl };
  if (!(await withDatabase(admin, (client) => work(client, role))))
    throw new Error("this database holds no ledger yet: start the application on it once");
  console.log(
    way === "protectLedger"
      ? `The role ${role} can only add to the ledger now.`
      : `The ledger is ${role}'s again.`,
  );
  return 0;
}
