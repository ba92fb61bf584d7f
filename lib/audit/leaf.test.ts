import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "@/lib/domain/canonical-json";
import type { LedgerEntry } from "@/lib/domain/ledger";
import { fromBase64, fromHex, toBase64, toHex } from "./bytes";
import {
  checkpointText,
  endorsementText,
  openNote,
  publicKeyOf,
  readCheckpoint,
  readVerifierKey,
  signedNote,
  verifierKey,
} from "./checkpoint";
import { fieldFault, hashOfField, leafContent, leafHashOf } from "./leaf";
import { sha256 } from "./sha256";
import { newSigningSeed, type Signer, signerOf, verifySignature } from "./signing";

const entry: LedgerEntry = {
  ...{ sequence: 7, id: "audit-1", at: "2026-11-26T10:00:00.123Z", actorKey: "user:u1" },
  ...{ action: "incident_monitor.draft.approved", outcome: "done", subjectKind: "draft", subjectId: "d1" },
  ...{ projectId: null, requestId: "req-\u20ac\n" },
  actor: { salt: "00".repeat(16), value: { kind: "user", id: "u1", name: "Ada" } },
  detail: { salt: "11".repeat(16), value: { reason: "ok", n: [1, 2] } },
};

describe("a leaf", () => {
  it("is canonical JSON of every column", () => {
    const content = leafContent(sha256, entry);
    expect(content).toBe(canonicalJson(JSON.parse(content)));
    expect(JSON.parse(content)).toEqual({
      ...{ format: 1, sequence: 7, id: "audit-1", at: entry.at, actor_key: "user:u1", action: entry.action },
      ...{
        outcome: "done",
        subject_kind: "draft",
        subject_id: "d1",
        project_id: null,
        request_id: "req-\u20ac\n",
      },
      actor_hash: hashOfField(sha256, entry.actor),
      detail_hash: hashOfField(sha256, entry.detail),
    });
  });

  it("does not change when a field is erased, and changes with everything else", () => {
    const whole = toHex(leafHashOf(sha256, entry));
    const erased = {
      ...entry,
      actor: { hash: hashOfField(sha256, entry.actor) },
      detail: { hash: hashOfField(sha256, entry.detail) },
    };
    expect(toHex(leafHashOf(sha256, erased))).toBe(whole);
    const others: Partial<LedgerEntry>[] = [
      ...[{ sequence: 8 }, { id: "audit-2" }, { at: "2026-11-26T10:00:00.124Z" }, { actorKey: "user:u2" }],
      ...[{ action: "x" }, { outcome: "denied" }, { subjectKind: "x" }, { subjectId: "x" }],
      ...[{ projectId: "null" }, { requestId: null }],
      { actor: { salt: "00".repeat(16), value: { kind: "user", id: "u1", name: "Eve" } } },
      { detail: { salt: "12".repeat(16), value: { reason: "ok", n: [1, 2] } } },
      { detail: { hash: "ab".repeat(32) } },
    ];
    for (const other of others) expect(toHex(leafHashOf(sha256, { ...entry, ...other }))).not.toBe(whole);
  });

  it("has salts and hashes of their length", () => {
    expect(fieldFault(entry)).toBeNull();
    expect(fieldFault({ ...entry, actor: { salt: "00", value: 1 } })).toBe("actor");
    expect(fieldFault({ ...entry, detail: { hash: "zz".repeat(32) } })).toBe("detail");
  });
});

describe("a checkpoint", () => {
  const signer = signerOf("monitor.test/1", newSigningSeed()) as Signer;
  const checkpoint = { origin: "monitor.test/1", size: 12, root: sha256("root"), atMs: 1_764_150_000_123 };
  const text = checkpointText(checkpoint);
  const signature = { name: signer.key.name, keyId: signer.key.keyId, bytes: signer.sign(text) };

  it("is a signed note that reads back and verifies", () => {
    const note = signedNote(text, [signature]);
    const opened = openNote(note);
    expect(opened?.text).toBe(text);
    const read = readCheckpoint(opened?.text ?? "");
    expect({ ...read, root: toHex(read?.root as Uint8Array) }).toEqual({
      ...checkpoint,
      root: toHex(checkpoint.root),
    });
    expect(opened?.signatures[0]?.keyId).toBe(signer.key.keyId);
    expect(verifySignature(signer.key, text, opened?.signatures[0]?.bytes as Uint8Array)).toBe(true);
    for (const edited of [{ size: 13 }, { root: sha256("other") }, { atMs: 1 }, { origin: "else" }])
      expect(verifySignature(signer.key, checkpointText({ ...checkpoint, ...edited }), signature.bytes)).toBe(
        false,
      );
  });

  it("refuses what is none", () => {
    for (const bad of [
      "",
      "a\n1\nb\n",
      text.replace("12", "012"),
      `${text}more\n`,
      text.replace("time ", ""),
    ])
      expect(readCheckpoint(bad), bad).toBeNull();
    for (const bad of ["", text, `${text}\n- a b\n`, signedNote(text, [signature]).trimEnd()])
      expect(openNote(bad), bad).toBeNull();
  });

  it("has a key that is one line, bound to its name", () => {
    const line = verifierKey(signer.key);
    expect(readVerifierKey(sha256, line)).toEqual(signer.key);
    expect(readVerifierKey(sha256, line.replace("test/1", "test/2"))).toBeNull();
    expect(endorsementText(signer.key, { ordinal: 1, fromSize: 4, createdAtMs: 5 })).toContain(line);
    expect(signerOf("x", "short")).toBeNull();
    expect(verifySignature(publicKeyOf(sha256, "x", new Uint8Array(3)), text, signature.bytes)).toBe(false);
  });
});

it("bytes read back as they were written", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      expect(fromHex(toHex(bytes))).toEqual(bytes);
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
    }),
  );
  for (const bad of ["A", "AA=A", "AB==", "!!!!"]) expect(fromBase64(bad)).toBeNull();
  for (const bad of ["0", "0G", "AA"]) expect(fromHex(bad)).toBeNull();
});
