import { createHash, webcrypto } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "@/lib/domain/canonical-json";
import { aReceipt, nextSigner, type ReceiptGround, strangeKey } from "@/lib/testing/receipt-ground";
import { toHex } from "./bytes";
import { readVerifierKey, verifierKey } from "./checkpoint";
import type { VerifySignature } from "./key-chain";
import { type ReceiptFile, receiptText } from "./receipt-file";
import { sha256 } from "./sha256";
import { sha256Plain } from "./sha256-plain";
import { verifySignature } from "./signing";
import { verifyReceipt } from "./verify-receipt";
import { verifyReceiptInBrowser } from "./verify-receipt-in-browser";

const { file, key } = aReceipt();
const text = receiptText(file);
const answers = new Map<string, boolean>();
/** Each signature is asked about once: thousands of files hold the same ones. */
const remembering: VerifySignature = (signer, signed, signature) => {
  const name = [signer.keyId, toHex(signer.bytes), signed, toHex(signature)].join(" ");
  const known = answers.get(name) ?? verifySignature(signer, signed, signature);
  answers.set(name, known);
  return known;
};
const check = (given: string, line: string | null = key) =>
  verifyReceipt(given, {
    ...{ sha256, verifySignature: remembering },
    trusted: line === null ? null : readVerifierKey(sha256, line),
  });
const statusOf = (result: ReturnType<typeof check>) =>
  Object.fromEntries(result.checks.map(({ code, status }) => [code, status]));
const allProven = {
  ...{ form: "proven", key: "proven", checkpoint: "proven", entries: "proven", statement: "proven" },
  ...{ outcome: "proven", approval: "proven", payload: "proven", attempts: "proven" },
};

describe("a receipt that is whole", () => {
  it("is proven against the key that is trusted, point by point", () => {
    const result = check(text);
    expect(result).toMatchObject({ ok: true, problem: null, trust: "given", origin: "ledger-test" });
    expect(statusOf(result)).toEqual(allProven);
    expect(result.statement?.receipt.sent?.external_id).toBe("X-7");
    expect(result.checks.find(({ code }) => code === "approval")?.words).toBe(
      "Approved by Name of a, Name of b, before Name of c published it.",
    );
  });

  it("says so when nothing but its own key vouches for it", () => {
    const result = check(text, null);
    expect([result.ok, result.trust]).toEqual([true, "own"]);
    expect(result.checks[1]?.words).toContain("not who signed it");
  });

  it("is the same file with other white space", () => {
    expect(check(JSON.stringify(JSON.parse(text))).ok).toBe(true);
    expect(check(text.replaceAll("\n", "\r\n")).ok).toBe(true);
  });

  it("is followed from an earlier key to the one that signed, and not over a key that was lost", () => {
    const rotated = aReceipt({ rotated: "handed_over" });
    const late = verifierKey(nextSigner.key);
    expect(check(receiptText(rotated.file)).ok).toBe(true);
    expect(check(receiptText(rotated.file), late).ok).toBe(true);
    const lost = receiptText(aReceipt({ rotated: "lost" }).file);
    expect(check(lost).problem).toMatchObject({ code: "key" });
    expect(check(lost, null).problem).toMatchObject({ code: "key" });
    expect(check(lost, late).ok).toBe(true);
  });
});

describe("what it cannot show", () => {
  it.each<[string, ReceiptGround, Record<string, string>]>([
    [
      "an approval whose details were erased",
      { erased: [1] },
      { approval: "not_proven", payload: "not_proven" },
    ],
    ["an attempt whose details were erased", { erased: [3] }, { attempts: "not_proven" }],
    [
      "an end whose details were erased",
      { erased: [4] },
      { outcome: "not_proven", approval: "not_proven", payload: "not_proven", attempts: "not_proven" },
    ],
    ["everything erased but who asked", { erased: [0, 1, 3] }, { approval: "not_proven" }],
    [
      "an entry of before receipts were bound",
      { details: { 4: { receipt_digest: null } } },
      { outcome: "not_proven" },
    ],
    [
      "an approval of later content",
      { details: { 1: { binding: "draft", payloads: [] } } },
      { payload: "not_proven" },
    ],
  ])("%s is said, and the rest is proven", (_, ground, open) => {
    const result = check(receiptText(aReceipt(ground).file));
    expect(result.problem).toBeNull();
    expect(statusOf(result)).toMatchObject({
      form: "proven",
      entries: "proven",
      statement: "proven",
      ...open,
    });
  });
});

it("says that an attempt left no entry", () => {
  const one = structuredClone(file);
  one.entries = one.entries.filter(({ sequence }) => sequence !== one.attempts[0]?.entry);
  one.attempts = one.attempts.slice(1);
  const result = check(canonicalJson(one));
  expect([result.problem, statusOf(result).attempts]).toEqual([null, "not_proven"]);
});

it("entries of a publish to another destination make no receipt", () => {
  expect(() => aReceipt({ details: { 2: { effective: ["other"] } } })).toThrow("did not go to hook");
  expect(() => aReceipt({ details: { 3: { payload_digest: "00" } } })).toThrow(
    "more than one payload_digest",
  );
  expect(() => aReceipt({ details: { 3: { draft_id: "draft-2" } } })).toThrow("more than one draft");
});

describe("a receipt whose entries contradict it", () => {
  it.each<[string, ReceiptGround, string, RegExp]>([
    ["too few people", { details: { 0: { digest: "ee".repeat(32) } } }, "approval", /took 2 people, and 1/],
    ["an approval that had lapsed", { details: { 1: { expires_at_ms: 5 } } }, "approval", /had lapsed/],
    [
      "another payload than approved",
      { details: { 1: { payloads: [{ destination_id: "hook", digest: "ff".repeat(32) }] } } },
      "payload",
      /approved another payload/,
    ],
    [
      "an approval that is not its own",
      { details: { 4: { approval_id: "approval-9" } } },
      "approval",
      /not in the file/,
    ],
    ["approval required and none", { details: { 4: { approval_id: null } } }, "approval", /does not rest on/],
  ])("%s", (_, ground, code, words) => {
    const { problem } = check(receiptText(aReceipt(ground).file));
    expect(problem?.code).toBe(code);
    expect(problem?.message).toMatch(words);
  });
});

type Path = (string | number)[];
/** Every place of the file, leaves and branches. */
function placesOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [at];
  const below = Object.entries(value).flatMap(([name, member]) =>
    placesOf(member, [...at, Array.isArray(value) ? Number(name) : name]),
  );
  return at.length === 0 ? below : [at, ...below];
}

function changed(path: Path, how: (parent: Record<string, unknown>, name: string) => void): string {
  const copy = structuredClone(file) as unknown as Record<string, unknown>;
  let parent = copy;
  for (const step of path.slice(0, -1)) parent = parent[step] as Record<string, unknown>;
  how(parent, String(path.at(-1)));
  return canonicalJson(copy);
}

const otherThan = (value: unknown): unknown => {
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  if (value === null) return "x";
  return typeof value === "string"
    ? value === ""
      ? "x"
      : `${value.slice(0, -1)}${value.at(-1) === "0" ? "1" : "0"}`
    : {};
};

describe("a receipt that was tampered with", { timeout: 60_000 }, () => {
  const places = placesOf(file);

  it.each(Object.keys(file))(
    "%s: is found at every place: changed, emptied, taken out, added to",
    (member) => {
      expect(places.length).toBeGreaterThan(250);
      for (const path of places.filter(([first]) => first === member)) {
        const ways: Array<(parent: Record<string, unknown>, name: string) => void> = [
          (parent, name) => {
            parent[name] = otherThan(parent[name]);
          },
          (parent, name) => {
            parent[name] = parent[name] === null ? [] : null;
          },
          (parent, name) => {
            if (Array.isArray(parent)) parent.splice(Number(name), 1);
            else delete parent[name];
          },
          (parent, name) => {
            if (Array.isArray(parent)) parent.push(structuredClone(parent[Number(name)]));
            else parent[`${name}_more`] = true;
          },
        ];
        for (const [at, way] of ways.entries()) {
          const result = check(changed(path, way));
          expect([path.join("."), at, result.ok]).toEqual([path.join("."), at, false]);
          expect(result.problem?.message).not.toBe("");
          expect(result.checks).toHaveLength(9);
        }
      }
    },
  );

  it("is found whatever value stands at whatever place", () => {
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue(), (path, value) => {
        const tampered = changed(path, (parent, name) => {
          parent[name] = value;
        });
        fc.pre(tampered !== canonicalJson(file));
        expect(check(tampered).ok).toBe(false);
      }),
      { numRuns: 400 },
    );
  });

  it("is found by any one character, and where it was cut off", () => {
    const one = canonicalJson(file);
    fc.assert(
      fc.property(fc.nat(one.length - 1), fc.constantFrom(...'0fA"{}[],:\\-. '), (at, character) => {
        const tampered = one.slice(0, at) + character + one.slice(at + 1);
        fc.pre(tampered !== one);
        expect(check(tampered).ok).toBe(false);
        expect(check(one.slice(0, at)).ok).toBe(false);
      }),
      { numRuns: 400 },
    );
  });

  it("names what is wrong", () => {
    const set = (path: Path, value: unknown) =>
      check(changed(path, (parent, name) => void (parent[name] = value))).problem;
    expect(set(["receipt", "destination_id"], "mine")).toEqual({
      code: "statement",
      message: 'receipt.destination_id is "mine"; by the ledger\'s entries it is "hook".',
    });
    expect(set(["approvals", 0, "by", "name"], "Eve")?.message).toContain('approvals[0].by.name is "Eve"');
    expect(set(["receipt", "sent", "external_url"], "https://evil.example")?.message).toContain(
      "holds the digest",
    );
    expect(set(["approvals", 0, "reason"], "Fine")?.message).toBe(
      "approvals[0].reason is not what entry 2 holds the digest of.",
    );
    expect(set(["entries", 1, "at"], "2026-11-26T09:00:09.000Z")?.message).toMatch(/Entry 4: its content/);
    expect(set(["checkpoint"], "x")?.code).toBe("checkpoint");
    expect(check("PK\u0003").problem?.message).toContain("not JSON");
    expect(check('{"format":"incident-monitor-receipt/9"}').problem?.message).toContain("cannot check");
    expect(check('{"a":1}').problem?.message).toContain("not a receipt");
    expect(check(text.replace('"format"', '"format": "x",\n  "format"')).problem?.message).toContain(
      "canonical",
    );
    expect(check(text, strangeKey).problem?.message).toContain("none of the ledger's");
  });

  it("an entry may not lose its details to anybody but the ledger", () => {
    const tampered = structuredClone(aReceipt({ erased: [3] }).file) as ReceiptFile;
    tampered.entries = tampered.entries.filter(({ action }) => action !== "incident_monitor.audit.erased");
    expect(check(canonicalJson(tampered)).problem?.message).toContain("did not erase");
  });
});

describe("in a browser", () => {
  const subtle = webcrypto.subtle as unknown as SubtleCrypto;

  it("its own SHA-256 is SHA-256", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(toHex(sha256Plain(bytes))).toBe(createHash("sha256").update(bytes).digest("hex"));
      }),
    );
    expect(toHex(sha256Plain("\u20ac"))).toBe(createHash("sha256").update("\u20ac").digest("hex"));
  });

  it("comes to what the command line comes to", async () => {
    const rotated = aReceipt({ rotated: "handed_over" });
    for (const [given, line] of [
      ...[[text, key] as const, [text, ""] as const, [text, strangeKey] as const],
      ...[
        [text.replace("post-1", "post-2"), key] as const,
        [receiptText(rotated.file), rotated.key] as const,
      ],
      [receiptText(aReceipt({ rotated: "lost" }).file), key] as const,
    ]) {
      const answer = await verifyReceiptInBrowser(given, line, subtle);
      expect(answer).toEqual({ state: "checked", result: check(given, line || null) });
    }
  });

  it("a signature that is not its own is not taken for one", async () => {
    const forged = structuredClone(file);
    const at = forged.checkpoint.lastIndexOf(" ") + 12;
    const digit = forged.checkpoint[at] === "A" ? "B" : "A";
    forged.checkpoint = forged.checkpoint.slice(0, at) + digit + forged.checkpoint.slice(at + 1);
    const answer = await verifyReceiptInBrowser(receiptText(forged), key, subtle);
    expect(answer).toMatchObject({ result: { ok: false, problem: { code: "checkpoint" } } });
  });

  it("says when it cannot: a key that is none, and no Ed25519", async () => {
    expect(await verifyReceiptInBrowser(text, "nonsense", subtle)).toEqual({ state: "key_unreadable" });
    expect(await verifyReceiptInBrowser(text, key, undefined)).toEqual(
      globalThis.crypto ? { state: "checked", result: check(text) } : { state: "no_ed25519" },
    );
    const without = { importKey: () => Promise.reject(new Error("NotSupportedError")) } as never;
    expect(await verifyReceiptInBrowser(text, key, without)).toEqual({ state: "no_ed25519" });
  });
});
