import { expect, it } from "vitest";
import { ReadLedger } from "./read-ledger";
import { readToolCall } from "./tool-requests";
import { cleanLine, cleanRows, cleanText, codeRows, fenceText } from "./untrusted-text";

const boundary = "b7c1f0a94e2d48c6a1";
const fence = { boundary, redact: (text: string) => text.replaceAll("SECRET", "[hidden]") };
const keyRow = "MIIEpAIBAAKCAQEA3Tz2mr7SZiAMfQyuvBjM9OiZ1BiP6dJPQbmlSEZt0yvqcB4X";

it("stands between two marks, redacted and cut", () => {
  const shown = fenceText(fence, "log", `a SECRET ${"x".repeat(100)}`, 30);
  expect(shown.split("\n")).toEqual([
    `[untrusted ${boundary} begin: log]`,
    `a [hidden] ${"x".repeat(19)}...<truncated>`,
    `[untrusted ${boundary} end]`,
  ]);
});

it("leaves out what a cut before redaction may have halved", () => {
  // The cut falls into the last secret: its first half must not be seen, though redaction made the text much shorter.
  const text = `${"SECRET".repeat(3_000)}`.slice(0, 100 + 8_192 - 3) + "SECRET" + "x".repeat(100);
  expect(cleanText({ ...fence, redact: (given) => given.replaceAll("SECRET", "") }, text, 100)).not.toMatch(
    /SEC/,
  );
});

it.each([
  ["a row of a key", keyRow],
  ["a row of a key that was removed", `- ${keyRow}`],
  ["a row of a key with its number", `12: ${keyRow}`],
  ["a row of a key in a list", `  "${keyRow}",`],
])("withholds %s", (_, row) => {
  expect(cleanText(fence, `before\n${row}\nafter`, 1_000)).toMatch(
    /^before\n.*\[long value withheld\].*\nafter$/,
  );
});

it.each([
  ["a path", "src/main/java/org/example/checkout/payment/PaymentServiceImplementation2.java:12"],
  ["code", "const PaymentServiceImplementation2 = createPaymentServiceImplementation(options2);"],
  ["a hash", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"],
])("keeps %s", (_, row) => {
  expect(cleanText(fence, row, 1_000)).toBe(row);
});

it("makes one line of many", () => {
  expect(cleanLine(fence, "a\r\n\n b\tc", 100)).toBe("a b c");
});

it("numbers lines, as many as fit, and says which was the last", () => {
  expect(codeRows(fence, ["a", "b SECRET", "c"], 7, 1_000)).toEqual({
    rows: ["7: a", "8: b [hidden]", "9: c"],
    toLine: 9,
  });
  expect(codeRows(fence, ["aaaa", "bbbb", "cccc"], 7, 25).toLine).toBe(8);
  expect(codeRows(fence, ["x".repeat(10_000)], 7, 100)).toEqual({ rows: [], toLine: 6 });
});

it("cuts rows only after secrets are hidden in them", () => {
  const straddling = `${"x".repeat(397)}SECRET`;
  for (const rows of [cleanRows(fence, [straddling]), codeRows(fence, [straddling], 1, 1_000).rows])
    expect(rows.join()).not.toMatch(/SEC/);
});

it("does not number lines that redaction took together", () => {
  const joining = { ...fence, redact: (text: string) => text.replaceAll("\n", " ") };
  expect(codeRows(joining, ["a", "b"], 7, 1_000).rows).toEqual(["a b"]);
});

it.each<[string, string, unknown, boolean]>([
  ["a file", "readCode", { path: "src/a.py", from: 1, to: 9 }, true],
  ["a key in another language's file", "readCode", { path: "src/key.py", from: 1, to: 9 }, true],
  ["the parent", "readCode", { path: "src/../../a", from: 1, to: 9 }, false],
  ["a root", "readCode", { path: "/etc/passwd", from: 1, to: 9 }, false],
  ["a drive", "readCode", { path: "C:\\a", from: 1, to: 9 }, false],
  ["a URL", "readCode", { path: "https://a.test/b", from: 1, to: 9 }, false],
  ["a NUL", "readCode", { path: "a\u0000b", from: 1, to: 9 }, false],
  ["the repository's own", "readCode", { path: "lib/.git/config", from: 1, to: 9 }, false],
  ["settings", "readCode", { path: ".env.production", from: 1, to: 9 }, false],
  ["a key", "readCode", { path: "deploy/Server.PEM", from: 1, to: 9 }, false],
  ["lines backwards", "readCode", { path: "a.py", from: 9, to: 1 }, false],
  ["line 0", "readCode", { path: "a.py", from: 0, to: 1 }, false],
  ["no lines", "readCode", { path: "a.py" }, false],
  ["words", "searchCode", { text: "def total" }, true],
  ["two lines", "searchCode", { text: "def\ntotal" }, false],
  ["two letters", "searchCode", { text: "de " }, false],
  ["a commit", "readCommit", { hash: "abc1234" }, true],
  ["an option of git", "readCommit", { hash: "--output=x" }, false],
  ["a branch", "readCommit", { hash: "HEAD" }, false],
  ["no arguments", "listSimilar", {}, true],
  ["a member of every object", "constructor", {}, false],
  ["a list for arguments", "listSimilar", [], false],
])("judges a call by itself: %s", (_, name, input, ok) => {
  expect(readToolCall(name, input).ok).toBe(ok);
});

it("reads at most 200 lines at once", () => {
  expect(readToolCall("readCode", { path: "a.py", from: 11, to: 9_999 })).toMatchObject({
    request: { from: 11, to: 210 },
  });
});

it("knows what was read, in one reading or several", () => {
  const ledger = new ReadLedger();
  ledger.noteCode("a.py", 1, 10);
  ledger.noteCode("a.py", 8, 20);
  ledger.noteCode("a.py", 30, 40);
  const code = (fromLine: number, toLine: number) =>
    ledger.check({ kind: "code", path: "a.py", fromLine, toLine }).ok;
  expect([code(1, 20), code(5, 12), code(20, 21), code(15, 35), code(31, 40)]).toEqual([
    true,
    true,
    false,
    false,
    true,
  ]);
  ledger.noteCommit("abcdef1234567890");
  ledger.noteCommit("abcdef1999999999");
  expect(ledger.commitOf("ABCDEF12")).toBe("abcdef1234567890");
  expect(ledger.commitOf("abcdef1")).toBeNull();
  expect(ledger.commitOf("abcdef")).toBeNull();
  ledger.noteIssue("#1", "https://tracker.test/1");
  expect(ledger.check({ kind: "issue", reference: "#1", url: null })).toEqual({
    ok: true,
    evidence: { kind: "issue", reference: "#1", url: "https://tracker.test/1" },
  });
});
