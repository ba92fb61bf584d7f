import { describe, expect, it } from "vitest";
import type { CheckedClaim, Confidence, Validation } from "@/lib/domain/triage";
import { firstSeenAtMs, headHash, type TriageCase } from "@/lib/testing/triage-cases";
import { edit, rewrite, sourceOf, suspectOf, validate } from "@/lib/testing/triage-project";

const claimOf = ({ claims }: Validation, rule: string) =>
  claims.find((claim) => claim.rule === rule) as CheckedClaim;

const hour = 3_600_000;

/** Case, how the failure of a language is bent, the rule, its verdict, words of its statement, the confidence. */
const bent: Array<[string, TriageCase, string, CheckedClaim["verdict"], RegExp, Confidence]> = [
  [
    "the line reads otherwise than the trace shows",
    edit("python", (it) => rewrite(it, sourceOf(it).replace(`row["total"]`, `row["sum"]`))),
    ...(["source_line_matches", "refuted", /nowhere.*not the version that failed/, "low"] as const),
  ],
  [
    "the line has moved",
    edit("python", (it) => rewrite(it, `import os\n\n${sourceOf(it)}`)),
    ...([
      "source_line_matches",
      "refuted",
      /that line is at `billing\/invoice\.py:6` now/,
      "medium",
    ] as const),
  ],
  [
    "the trace's copy was redacted",
    edit("python", (it) => {
      it.subject.excerpt = it.subject.excerpt.map((row) => row.replace(`row["total"]`, "[redacted:token]"));
    }),
    ...(["source_line_matches", "cannot_be_checked", /redacted/, "high"] as const),
  ],
  [
    "the file is shorter than the trace says",
    edit("java", (it) => rewrite(it, "class Orders {\n}\n")),
    ...(["line_in_file", "refuted", /ends at line 2: the code here is not the version/, "low"] as const),
  ],
  [
    "the function stands elsewhere",
    edit("javascript", (it) =>
      rewrite(it, `function refund() {\n  const fee = 3;\n  return order.total;\n}\n\n${sourceOf(it)}`),
    ),
    ...([
      "function_at_line",
      "refuted",
      /`charge` at `src\/cart\.ts:3`, and it begins only at line 6/,
      "low",
    ] as const),
  ],
  [
    "the function ended before",
    edit("python", (it) =>
      rewrite(it, `def total_of(rows):\n    return 1\ndef other(row):\n    amount = row["total"]\n`),
    ),
    ...(["function_at_line", "refuted", /begins at line 1 and ends before that/, "medium"] as const),
  ],
  [
    "the function is found by its layout where inspection told nothing",
    edit("go", (it) => rewrite(it, sourceOf(it))),
    ...(["function_at_line", "holds", /begins at `rates\/sum\.go:3` and is still open/, "medium"] as const),
  ],
  [
    "the line is a comment",
    edit("javascript", (it) => rewrite(it, sourceOf(it).replace("return order", "// return order"))),
    ...(["line_can_fail", "refuted", /is a comment, which cannot fail/, "low"] as const),
  ],
  [
    "nothing near the line speaks of what the message names",
    edit("java", (it) =>
      rewrite(
        it,
        sourceOf(it)
          .replace("return order.total()", "return cart.size()")
          .replace("Order order", "Cart cart"),
      ),
    ),
    ...(["line_speaks_of_it", "refuted", /speaks of `order`; neither/, "medium"] as const),
  ],
  [
    "the key is made at run time",
    edit("python", (it) => {
      rewrite(it, sourceOf(it).replace(`row["total"]`, "row[column]"));
      it.subject.excerpt = it.subject.excerpt.map((row) => row.replace(`row["total"]`, "row[column]"));
    }),
    ...(["line_speaks_of_it", "cannot_be_checked", /may be made at run time/, "medium"] as const),
  ],
  [
    "nothing in the line divides",
    edit("go", (it) => {
      it.subject.excerpt[0] = "panic: runtime error: integer divide by zero";
      it.subject.title = "panic: runtime error: integer divide by zero";
    }),
    ...(["line_can_fail_so", "refuted", /Nothing in `rates\/sum\.go:6` divides/, "medium"] as const),
  ],
  [
    "the suspect is newer than the failure",
    edit("python", (it) =>
      Object.assign(suspectOf(it), {
        committedAtMs: firstSeenAtMs + hour,
        authoredAtMs: firstSeenAtMs + hour,
      }),
    ),
    ...([
      "suspect_before_failure",
      "refuted",
      /ab12cd3 of 2026-03-05 10:30 UTC is newer.*cannot be its cause/,
      "low",
    ] as const),
  ],
  [
    "the suspect was rebased after the failure",
    edit("python", (it) => {
      Object.assign(suspectOf(it), { committedAtMs: firstSeenAtMs + hour });
    }),
    ...(["suspect_before_failure", "cannot_be_checked", /may have been rebased/, "medium"] as const),
  ],
  [
    "two clocks are a little apart",
    edit("python", (it) =>
      Object.assign(suspectOf(it), {
        committedAtMs: firstSeenAtMs + 60_000,
        authoredAtMs: firstSeenAtMs + 60_000,
      }),
    ),
    ...(["suspect_before_failure", "holds", /is older than the failure/, "high"] as const),
  ],
  [
    "what the suspect wrote was changed again",
    edit("ruby", (it) => {
      suspectOf(it).changes[0]?.added.push("      amount = amount.round(2)");
    }),
    ...(["suspect_change_stands", "cannot_be_checked", /was changed again since/, "high"] as const),
  ],
  [
    "a failure that came back, and a change since",
    edit("php", (it) => {
      it.subject.lastGoodAtMs = firstSeenAtMs - 100 * hour;
    }),
    ...([
      "changed_since_last_good",
      "holds",
      /ab12cd3 changed the lines in question between/,
      "high",
    ] as const),
  ],
  [
    "a failure that came back, and no change since",
    edit("php", (it) => {
      it.subject.lastGoodAtMs = firstSeenAtMs - hour;
    }),
    ...([
      "changed_since_last_good",
      "refuted",
      /what changed lies elsewhere, or is not code/,
      "medium",
    ] as const),
  ],
  [
    "a shallow clone",
    edit("php", (it) => {
      it.research.history = { state: "shallow", head: null, suspects: [], blamed: [] };
    }),
    ...(["suspect_before_failure", "cannot_be_checked", /shallow clone/, "medium"] as const),
  ],
  [
    "the release is this commit",
    edit("rust", (it) => {
      it.subject.environment = { release: `shop@${headHash.slice(0, 12)}` };
    }),
    ...(["same_release", "holds", /built from 0f9e8d7/, "high"] as const),
  ],
  [
    "the release is another commit",
    edit("rust", (it) => {
      it.subject.environment = { git_sha: "deadbeefcafe" };
    }),
    ...([
      "same_release",
      "refuted",
      /built from `deadbeefcafe`; the working tree is at 0f9e8d7/,
      "medium",
    ] as const),
  ],
  [
    "the release names no commit",
    edit("rust", (it) => {
      it.subject.environment = { version: "2.4.1" };
    }),
    ...(["same_release", "cannot_be_checked", /names no commit to compare with/, "high"] as const),
  ],
  [
    "another Node than the project pins",
    edit("javascript", (it) => {
      it.files[".nvmrc"] = "v22.3\n";
    }),
    ...(["same_runtime", "refuted", /ran on node 20\.11; `\.nvmrc:1` says 22\.3/, "medium"] as const),
  ],
  [
    "the Python that the project pins",
    edit("python", (it) => {
      it.subject.environment = { python_version: "3.12.4" };
    }),
    ...(["same_runtime", "holds", /python 3\.12, which `\.python-version:1` allows/, "high"] as const),
  ],
];

describe("what speaks against it is shown", () => {
  it.each(bent)("%s", async (_, given, rule, verdict, words, confidence) => {
    const validation = await validate(given);
    const claim = claimOf(validation, rule);
    expect([claim.verdict, claim.statement]).toEqual([verdict, expect.stringMatching(words)]);
    expect(validation.confidence).toBe(confidence);
    if (verdict === "refuted") expect(validation.contradictions).toContain(claim.statement);
  });

  it("a line that moved is named where it is now", async () => {
    const given = edit("python", (it) => rewrite(it, `import os\n\n${sourceOf(it)}`));
    const { findings } = await validate(given);
    const path = given.at.path;
    expect(findings.find((each) => each.rule === "line_moved")?.evidence).toEqual([
      { kind: "code", path, fromLine: 6, toLine: 6 },
    ]);
  });
});
