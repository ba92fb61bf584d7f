import { randomUUID } from "node:crypto";
import fs from "node:fs";
import { readSecret, secretFile, secretOnce, writeSecret } from "../secrets.mjs";

const lockName = "audit ledger";

/**
 * Hands the ledger over to a new key, between two batches. The new seed is on disk before the ledger names its key, and takes
 * the old one's place after: whenever this ends, the key in force is one that the host holds.
 */
export async function rotateKey(tool, client, { dataDir, lost }) {
  if (process.env.INCIDENT_MONITOR_AUDIT_KEY)
    throw new Error(
      "the key is given by INCIDENT_MONITOR_AUDIT_KEY: unset it for this command, and give the new one after",
    );
  const held = () => tool.ledgerFiles(dataDir, undefined).seeds();
  await client.query("BEGIN");
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [lockName]);
  const [keys, newest] = [await tool.loadLedgerKeys(client), await tool.findNewestCheckpoint(client)];
  const inForce = keys.at(-1);
  if (!inForce) throw new Error("the ledger has no key yet: the server makes one at its first start");
  const old = held()
    .map((seed) => tool.signerOf(inForce.name, seed))
    .find((signer) => signer?.key.keyId === inForce.keyId);
  if (!old && !lost)
    throw new Error(
      `this host does not hold key ${inForce.keyId}, which has to sign the next one over. Run this where it is, or with --lost`,
    );

  fs.rmSync(secretFile(dataDir, "audit-key-next"), { force: true });
  const seed = secretOnce(dataDir, "audit-key-next").value;
  const next = tool.signerOf(inForce.name, seed);
  const turn = { ordinal: inForce.ordinal + 1, fromSize: newest?.size ?? 0, createdAtMs: Date.now() };
  const endorser = old ?? next;
  await tool.insertLedgerKey(client, {
    ...{ keyId: next.key.keyId, name: inForce.name, publicKey: tool.toBase64(next.key.bytes), ...turn },
    endorsedBy: endorser.key.keyId,
    endorsement: tool.toBase64(endorser.sign(tool.endorsementText(next.key, turn))),
  });
  await recordRotation(client, { old: inForce.keyId, next: next.key.keyId, lost: !old });
  await client.query("COMMIT");
  writeSecret(dataDir, "audit-key", readSecret(dataDir, "audit-key-next"));
  fs.rmSync(secretFile(dataDir, "audit-key-next"), { force: true });
  return { keyId: next.key.keyId, line: tool.verifierKey(next.key) };
}

/** In the same transaction, like every change: by whoever has this host's files. */
async function recordRotation(client, detail) {
  await client.query(
    `INSERT INTO audit_entries (id, at, actor, actor_key, action, outcome, subject_kind, subject_id, detail)
     VALUES ($1, now(), '{"kind":"system","id":"host","name":"host"}', 'system:host', 'incident_monitor.audit.key_rotated',
       'done', 'audit_ledger', 'keys', $2)`,
    [`audit-${randomUUID().replaceAll("-", "")}`, JSON.stringify(detail)],
  );
}
