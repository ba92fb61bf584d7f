import { describe, expect, it } from "vitest";
import { foundByRules, reportedFailure } from "@/e2e/fakes/model-subject";
import type { CodeWindow, SimilarRecord, SuspectCommit } from "@/lib/domain/triage";
import { describeSubject } from "./describe-subject";
import type { ModelPorts } from "./model-analysis";
import { ReadLedger } from "./read-ledger";
import { type Reading, runTool } from "./read-tools";

const hash = "abcdef1234567890abcdef1234567890abcdef12";
const fence = { boundary: "b7c1f0a94e2d48c6a1", redact: (text: string) => text };
const nothing = async () => ({ ok: false as const, outcome: "absent" as const, note: "nothing there" });
const reading = (ports: Partial<ModelPorts>): Reading => ({
  ports: { readCode: nothing, searchCode: nothing, readCommit: nothing, listSimilar: nothing, ...ports },
  fence,
  ledger: new ReadLedger(),
  signal: new AbortController().signal,
  asked: new Set(),
});
const similar = (index: number): SimilarRecord => ({
  kind: "incident",
  id: `incident-${index}`,
  title: "x".repeat(10_000),
  match: "similar_words",
  score: 0,
  occurrenceCount: null,
  lastSeenAtMs: null,
  outcome: null,
  url: null,
});

describe("runTool", () => {
  it("shows at most 30 lines found, none of a file that holds secrets, and only those can be cited", async () => {
    const hits = [".env", "conf/server.pem", ...Array.from({ length: 100 }, (_, index) => `src/${index}.py`)];
    const given = reading({
      searchCode: async () => ({
        ok: true,
        hits: hits.map((path) => ({ path, line: 3, text: `found ${"y".repeat(5_000)}` })),
      }),
    });
    const { shown, use } = await runTool("searchCode", { text: "found" }, given);
    expect(shown).not.toMatch(/\.env|server\.pem/);
    expect(shown.match(/found y/g)).toHaveLength(30);
    expect(shown.length).toBeLessThan(20_000);
    expect(use.evidence).toHaveLength(30);
    expect(["src/29.py", "src/30.py", ".env"].map((path) => given.ledger.hasPlace(path, 3))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("shows a commit without the lines of a file that holds secrets, and a bounded part of it", async () => {
    const change = (path: string, row: string) => ({
      path,
      fromLine: 1,
      removed: [row],
      added: Array(500).fill("x".repeat(5_000)),
    });
    const given = reading({
      readCommit: async () => ({
        ok: true,
        hash,
        author: "Ada",
        committedAtMs: 0,
        message: "m\n".repeat(10_000),
        changes: [change(".env", "PASSWORD is open sesame"), change("src/a.py", "removed this")],
      }),
    });
    const { shown } = await runTool("readCommit", { hash }, given);
    expect(shown).toContain(`commit: ${hash}`);
    expect(shown).not.toContain("sesame");
    expect(shown.length).toBeLessThan(8_200);
    expect(given.ledger.commitOf(hash)).toBe(hash);
  });

  it("shows at most 15 similar records", async () => {
    const given = reading({
      listSimilar: async () => ({
        ok: true,
        records: Array.from({ length: 99 }, (_, index) => similar(index)),
      }),
    });
    const { shown, use } = await runTool("listSimilar", {}, given);
    expect(use.evidence).toHaveLength(15);
    expect(shown.length).toBeLessThan(8_200);
  });

  it.each<[string, Partial<ModelPorts>, unknown, string]>([
    ["a file that is not there", {}, { path: "a.py", from: 1, to: 2 }, "absent"],
    [
      "lines past its end",
      { readCode: async () => ({ ok: true, fromLine: 1, lines: ["a"] }) },
      { path: "a.py", from: 5, to: 9 },
      "absent",
    ],
    [
      "a reader that breaks",
      { readCode: () => Promise.reject(new Error("/secret/root")) },
      { path: "a.py", from: 1, to: 2 },
      "absent",
    ],
  ])("answers %s without making it evidence", async (_, ports, input, outcome) => {
    const given = reading(ports);
    const answer = await runTool("readCode", input, given);
    expect(answer.use).toMatchObject({ outcome, evidence: [] });
    expect(answer.shown).not.toContain("/secret/root");
    expect(given.ledger.hasPlace("a.py", null)).toBe(false);
  });

  it("does not show lines that redaction cannot keep apart", async () => {
    const given = reading({ readCode: async () => ({ ok: true, fromLine: 1, lines: ["a", "b"] }) });
    given.fence = { ...fence, redact: (text) => text.replaceAll("\n", "") };
    expect((await runTool("readCode", { path: "a.py", from: 1, to: 2 }, given)).use.outcome).toBe("refused");
  });
});

describe("describeSubject", () => {
  const found = foundByRules(["a", "b"], hash);
  const window = (path: string): CodeWindow => ({
    path,
    language: null,
    fromLine: 1,
    focusLine: null,
    lines: Array(2_000).fill("open sesame ".repeat(2_000)),
    enclosing: null,
  });
  const suspect = (index: number): SuspectCommit => ({
    ...(found.research?.history.suspects[0] as SuspectCommit),
    hash: `${index}`.padStart(40, "a"),
    subject: "s".repeat(9_000),
    changes: [
      { path: ".env", fromLine: 1, toLine: 1, removed: ["PASSWORD is swordfish"], added: [] },
      { path: "src/a.py", fromLine: 1, toLine: 1, removed: Array(900).fill("r".repeat(9_000)), added: [] },
    ],
  });
  const large = {
    ...found,
    inspect: {
      ...(found.inspect as NonNullable<typeof found.inspect>),
      windows: [".env", ...Array.from({ length: 50 }, (_, index) => `src/${index}.py`)].map(window),
    },
    research: {
      ...(found.research as NonNullable<typeof found.research>),
      history: {
        state: "read" as const,
        head: null,
        blamed: [],
        suspects: Array.from({ length: 50 }, (_, index) => suspect(index)),
      },
      similar: Array.from({ length: 500 }, (_, index) => similar(index)),
    },
  };
  const subject = {
    ...reportedFailure,
    detail: "d".repeat(500_000),
    excerpt: Array(1_000).fill("e".repeat(9_000)),
    environment: Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`name${index}`, "v".repeat(9_000)]),
    ),
    evidenceRefs: Array.from({ length: 500 }, (_, index) => `tandem://evidence/${index}`),
  };

  it("is bounded, however much was found", () => {
    const ledger = new ReadLedger();
    const shown = describeSubject({ subject, found: large }, fence, ledger);
    expect(shown.length).toBeLessThan(130_000);
    expect(shown).not.toMatch(/swordfish|path: \.env/);
    // One long row must not push the others out.
    expect(shown).not.toMatch(/r{401}/);
    // What did not fit can't be cited.
    expect(ledger.hasPlace("src/0.py", 1)).toBe(true);
    expect(ledger.hasPlace("src/0.py", 50)).toBe(false);
    expect(ledger.hasPlace("src/49.py", 1)).toBe(false);
    expect(ledger.commitOf("49".padStart(40, "a"))).toBeNull();
  });

  it("says what it has where nothing was found", () => {
    const shown = describeSubject({ subject: reportedFailure, found: {} }, fence, new ReadLedger());
    expect(shown).toContain(reportedFailure.title);
    expect(shown).not.toContain("suspect commit");
  });

  it("cuts the rows of a commit only after secrets are hidden in them", () => {
    const [first] = large.research.history.suspects;
    const removed = [`${"x".repeat(396)}SECRET`];
    const changes = [{ path: "src/a.py", fromLine: 1, toLine: 1, removed, added: [] }];
    const history = {
      ...large.research.history,
      suspects: [{ ...(first as SuspectCommit), subject: "s", changes }],
    };
    const hiding = { ...fence, redact: (text: string) => text.replaceAll("SECRET", "") };
    const shown = describeSubject(
      { subject: reportedFailure, found: { research: { ...large.research, history } } },
      hiding,
      new ReadLedger(),
    );
    expect(shown).toContain("x".repeat(396));
    expect(shown).not.toContain("xSE");
  });
});
