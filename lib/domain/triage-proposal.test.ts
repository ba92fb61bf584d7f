import { describe, expect, it } from "vitest";
import { type TriageCase, triageCase, triageCases } from "@/lib/testing/triage-cases";
import { proposalOf, validationOf } from "@/lib/testing/triage-ground";
import { edit, rewrite, sourceOf, suspectOf } from "@/lib/testing/triage-project";
import { triageLabels } from "./proposal-risk";
import type { SuspectCommit } from "./triage";

/** language, words of the cause, words of the fix, the patch's rule, the command of the tests. */
const languages: Array<[string, RegExp, RegExp, string | null, string]> = [
  [
    "python",
    /`KeyError: 'total'` came from `billing\/invoice\.py:4` in `total_of`.*commit ab12cd3 of 2026-03-03 took away the default.*Inference \(high confidence\)/,
    /Put back at `billing\/invoice\.py:4` what commit ab12cd3 took away: `amount = row\.get\("total", 0\)`/,
    "restore_removed_default",
    "python -m pytest",
  ],
  [
    "javascript",
    /removed the check `if \(order === undefined\) return 0;`.*the case when `order` is empty reaches the failing line/,
    /Put back what commit ab12cd3 removed at `src\/cart\.ts:3`.*handle at `src\/cart\.ts:3` that `order` is empty/,
    "restore_removed_check",
    "npm test",
  ],
  [
    "java",
    /removed the check `if \(order == null\) \{ return 0; \}`.*`order` is empty/,
    /Put back what commit ab12cd3 removed/,
    "restore_removed_check",
    "mvn test",
  ],
  [
    "go",
    /changed a condition or bound at `rates\/sum\.go:5`: `for i := 0; i < len\(rates\); i\+\+ \{` became `for i := 0; i <= len/,
    /Correct the condition at `rates\/sum\.go:5`.*the position in `rates\[i\]` lies outside/,
    null,
    "go test ./...",
  ],
  [
    "ruby",
    /`amount = order&\.total` became `amount = order\.total`/,
    /Put back at `lib\/shop\/pay\.rb:4`/,
    "restore_removed_default",
    "bundle exec rspec",
  ],
  [
    "rust",
    /nothing to fall back on when `self\.rows\.last\(\)` gives no value/,
    /unwrap_or/,
    "restore_removed_default",
    "cargo test",
  ],
  [
    "php",
    /renamed `amount` to `total` at `src\/Cart\.php:5`/,
    /use `amount` at `src\/Cart\.php:5` again/,
    "restore_name",
    "vendor/bin/phpunit",
  ],
  [
    "dotnet",
    /`return row\.GetValueOrDefault\("total"\);` became/,
    /Put back at `Shop\/Store\.cs:6`/,
    "restore_removed_default",
    "dotnet test",
  ],
];

describe("a proposal for each language", () => {
  it.each(languages)("%s", (language, cause, fix, patch, command) => {
    const given = triageCase(language);
    const proposal = proposalOf(given);
    expect(proposal.likelyCause).toMatch(cause);
    expect(proposal.recommendedFix).toMatch(fix);
    expect(proposal.patch?.rule ?? null).toBe(patch);
    expect(proposal.fixPoints[0]?.path).toBe(given.at.path);
    expect(proposal.fixPoints.some((point) => point.line === given.at.line)).toBe(true);
    expect(proposal.acceptanceCriteria[0]).toContain(
      `no longer raised at \`${given.at.path}:${given.at.line}\``,
    );
    expect(proposal.verificationSteps.some((step) => step.includes(`Run \`${command}\``))).toBe(true);
    expect(proposal.labels).toContain(language);
    expect(proposal.findings[0]?.rule).toBe("cause_by_change");
  });

  it("a patch turns what stands there now back into what was there", () => {
    expect(proposalOf(triageCase("ruby")).patch).toEqual({
      path: "lib/shop/pay.rb",
      rule: "restore_removed_default",
      removed: ["      amount = order.total"],
      added: ["      amount = order&.total"],
      fromLine: 4,
    });
    expect(proposalOf(triageCase("java")).patch).toMatchObject({
      removed: [],
      added: ["    if (order == null) {", "      return 0;", "    }"],
      fromLine: 5,
    });
  });
});

const withoutSuspects = (given: TriageCase) => {
  given.research.history.suspects = [];
  given.research.history.blamed = [];
};
const changeOf = (given: TriageCase, removed: string[], added: string[], meaning?: [title: string]) => {
  const [change] = suspectOf(given).changes;
  Object.assign(change as object, { removed, added });
  if (meaning) say(given, meaning[0]);
};
const say = (given: TriageCase, title: string) => {
  given.subject.title = title;
  given.subject.excerpt = [title, ...given.subject.excerpt.filter((row) => /^\s+(?:at|from) /.test(row))];
};

describe("what it follows from, where the change does not say it", () => {
  it.each<[string, TriageCase, string, RegExp, RegExp]>([
    [
      "the line alone",
      edit("python", withoutSuspects),
      "cause_by_line",
      /that line fails when the key `total` is missing; which commit brought this was not found/,
      /At `billing\/invoice\.py:4`, which fails when the key `total` is missing, decide what a missing key means/,
    ],
    [
      "the code raises it itself",
      edit("javascript", (it) => {
        withoutSuspects(it);
        rewrite(
          it,
          sourceOf(it)
            .replace("const fee = 3;", "if (rate === null)")
            .replace("return order.total + fee;", "throw new RatesError(`no rates for ${code}`);"),
        );
        say(it, "RatesError: no rates for EUR");
      }),
      "cause_by_raise",
      /the code raises this by itself/,
      /Find out why `src\/cart\.ts:3` raises `RatesError: no rates for EUR`\. The condition is at `src\/cart\.ts:2`: `if \(rate === null\)`/,
    ],
    [
      "a commit added what raises it",
      edit("javascript", (it) => {
        rewrite(
          it,
          sourceOf(it).replace("return order.total + fee;", "throw new RatesError(`no rates for ${code}`);"),
        );
        changeOf(
          it,
          [],
          ["  throw new RatesError(`no rates for ${code}`);"],
          ["RatesError: no rates for EUR"],
        );
      }),
      "cause_by_change",
      /added what raises this.*what was let through before is refused since/,
      /Decide whether what commit ab12cd3 added at `src\/cart\.ts:3` is right/,
    ],
    [
      "a module that nothing declares",
      edit("javascript", (it) => {
        withoutSuspects(it);
        say(it, "Error: Cannot find module 'stripe'");
      }),
      "cause_by_module",
      /the module `stripe` cannot be loaded, and nothing that was read declares it/,
      /Declare `stripe` in `package\.json`, or remove its use at `src\/cart\.ts:3`/,
    ],
    [
      "a module that is declared",
      edit("javascript", (it) => {
        withoutSuspects(it);
        say(it, "Error: Cannot find module 'vitest'");
      }),
      "cause_by_module",
      /though the project declares it/,
      /Install what `package\.json` declares where this runs/,
    ],
    [
      "a service that cannot be reached",
      edit("javascript", (it) => {
        withoutSuspects(it);
        say(it, "Error: connect ECONNREFUSED 127.0.0.1:5432");
      }),
      "cause_by_service",
      /`127\.0\.0\.1:5432` cannot be reached; the code that is looked at here is not known to be at fault/,
      /Make `127\.0\.0\.1:5432` reachable .* handle at `src\/cart\.ts:3` that it cannot be reached/,
    ],
    [
      "a name that the other side still uses",
      edit("php", (it) => {
        changeOf(it, [`        $row["total"] = 1;`], [`        $row["sum"] = 1;`]);
      }),
      "cause_by_change",
      /renamed `total` to `sum`/,
      /`src\/Cart\.php:5` still uses the old name: use `sum` there as well/,
    ],
    [
      "a function's head",
      edit("python", (it) => {
        it.subject.excerpt = it.subject.excerpt.map((row) =>
          row.replace(
            "KeyError: 'total'",
            "TypeError: total_of() missing 1 required positional argument: 'tax'",
          ),
        );
        it.subject.title = "TypeError: total_of() missing 1 required positional argument: 'tax'";
        changeOf(it, ["def total_of(rows):"], ["def total_of(rows, tax):"]);
      }),
      "cause_by_change",
      /callers still use the old form, so that `total_of` is called with other arguments/,
      /Make the calls fit the head that commit ab12cd3 gave .*: `billing\/api\.py:3`/,
    ],
    [
      "a line that a commit touched, and no rule reads",
      edit("javascript", (it) => {
        rewrite(it, sourceOf(it).replace("return order.total + fee;", "return settle(a, b);"));
        changeOf(it, ["  settle(b);", "  pay(a);"], ["  return settle(a, b);"], ["SettleError: not settled"]);
      }),
      "cause_by_touch",
      /something that the failing line relied on changed with it/,
      /Compare `src\/cart\.ts:3` with what was there before commit ab12cd3/,
    ],
    [
      "a line that has moved",
      edit("python", (it) => {
        rewrite(it, `import os\n\n${sourceOf(it)}`);
        suspectOf(it).changes[0] = {
          ...(suspectOf(it).changes[0] as SuspectCommit["changes"][number]),
          fromLine: 6,
          toLine: 6,
        };
      }),
      "cause_by_change",
      /came from `billing\/invoice\.py:6`.*Against it speaks: The trace shows/,
      /Put back at `billing\/invoice\.py:6`/,
    ],
  ])("%s", (_, given, rule, cause, fix) => {
    const proposal = proposalOf(given);
    expect(proposal.findings[0]?.rule).toBe(rule);
    expect(proposal.likelyCause).toMatch(cause);
    expect(proposal.recommendedFix).toMatch(fix);
    expect(proposal.acceptanceCriteria.length).toBeGreaterThan(0);
    expect(proposal.verificationSteps.length).toBeGreaterThan(0);
  });
});

describe("where no cause was found, it says so and the gate has nothing to pass on", () => {
  it.each<[string, TriageCase, RegExp]>([
    [
      "no trace",
      edit("python", (it) => {
        withoutSuspects(it);
        say(it, "The nightly settlement was late");
        it.subject.excerpt = [];
        it.inspection.frames = [];
        it.inspection.windows = [];
      }),
      /^No cause was found; the report names no line of code; no commit changed what the trace names\.$/,
    ],
    [
      "a trace of another project",
      edit("python", (it) => {
        withoutSuspects(it);
        for (const frame of it.inspection.frames) Object.assign(frame, { state: "not_found", path: null });
      }),
      /none of the 2 calls of the trace was found in the project/,
    ],
    [
      "code of another version",
      edit("python", (it) => {
        withoutSuspects(it);
        rewrite(it, sourceOf(it).replace(`row["total"]`, `row["sum"]`));
      }),
      /the code that was looked at is not the version that failed/,
    ],
    [
      "a message that is written nowhere, and no history",
      edit("javascript", (it) => {
        it.research.history = { state: "no_repository", head: null, suspects: [], blamed: [] };
        say(it, "SettleError: not settled");
      }),
      /nothing at `src\/cart\.ts:3` explains `SettleError: not settled`; the history could not be read whole/,
    ],
  ])("%s", (_, given, words) => {
    const proposal = proposalOf(given);
    expect(proposal.likelyCause).toMatch(words);
    expect(proposal).toMatchObject({
      recommendedFix: "",
      acceptanceCriteria: [],
      verificationSteps: [],
      patch: null,
    });
    expect(proposal.labels).toContain("needs-investigation");
    expect(proposal.findings[0]).toMatchObject({ rule: "no_cause", confidence: "low" });
  });
});

describe("a patch is only sketched where the change is mechanical", () => {
  it.each<[string, TriageCase]>([
    [
      "the suspect is newer than the failure",
      edit("ruby", (it) => Object.assign(suspectOf(it), { authoredAtMs: 9e12, committedAtMs: 9e12 })),
    ],
    [
      "what it wrote was changed again",
      edit("ruby", (it) => suspectOf(it).changes[0]?.added.push("      amount += 1")),
    ],
    ["the check is not whole", edit("java", (it) => suspectOf(it).changes[0]?.removed.pop())],
    [
      "more went away than the check",
      edit("java", (it) =>
        Object.assign(suspectOf(it).changes[0] ?? {}, {
          added: ["    log(order);", "    return order.total() + 1;"],
        }),
      ),
    ],
    [
      "a line was redacted",
      edit("java", (it) => suspectOf(it).changes[0]?.removed.splice(1, 1, "      return [redacted:token];")),
    ],
    [
      "a line is too long to be read",
      edit("java", (it) =>
        suspectOf(it).changes[0]?.removed.splice(1, 1, `      return ${"0".repeat(400)};`),
      ),
    ],
    [
      "it would hide something",
      edit("java", (it) => suspectOf(it).changes[0]?.removed.splice(1, 1, "      return 0; \u202e// safe")),
    ],
  ])("none: %s", (_, given) => {
    expect(proposalOf(given).patch).toBe(null);
  });
});

describe("risk, reach and labels", () => {
  it.each<[string, TriageCase, "low" | "medium" | "high", string]>([
    ["nothing against it", triageCase("ruby"), "low", "risk_is_low"],
    [
      "the report's own risk",
      edit("ruby", (it) => Object.assign(it.subject, { riskLevel: "critical" })),
      "high",
      "risk_as_reported",
    ],
    [
      "a fatal failure",
      edit("ruby", (it) => Object.assign(it.subject, { level: "fatal" })),
      "high",
      "risk_ends_the_process",
    ],
    ["a file that has to do with money", triageCase("python"), "medium", "risk_in_a_sensitive_file"],
    ["no tests", edit("ruby", (it) => delete it.files[".rspec"]), "medium", "risk_without_tests"],
  ])("%s", (_, given, level, rule) => {
    const proposal = proposalOf(given);
    expect(proposal.riskLevel).toBe(level);
    expect(proposal.findings.map((finding) => finding.rule)).toContain(rule);
  });

  it("says through whom, how often and what else", () => {
    const given = edit("python", (it) => {
      it.subject.occurrenceCount = 12;
      suspectOf(it).changes.push({
        path: "billing/tax.py",
        fromLine: 1,
        toLine: 1,
        removed: ["a = 1"],
        added: ["a = 2"],
      });
    });
    expect(proposalOf(given).blastRadius).toBe(
      "`billing/invoice.py:4` was reached through `billing/api.py:3`. Seen 12 times between 2026-03-05 and 2026-03-06. Commit ab12cd3 also changed `billing/tax.py`.",
    );
  });

  it("no command is named where no way to run tests was seen", () => {
    const given = edit("ruby", (it) => delete it.files[".rspec"]);
    expect(proposalOf(given).verificationSteps.join()).not.toMatch(/rspec|Run `/);
  });

  it("labels are of the list alone", () => {
    for (const each of triageCases)
      for (const label of proposalOf(each).labels) expect(triageLabels).toContain(label);
  });
});

describe("how to see it happen", () => {
  it.each<[string, TriageCase, RegExp]>([
    [
      "a request",
      triageCase("javascript"),
      /^Send `POST \/api\/orders\/checkout`, as the report names it\.$/,
    ],
    [
      "a test of pytest",
      edit("python", (it) =>
        it.subject.excerpt.unshift("FAILED tests/test_invoice.py::test_total - KeyError"),
      ),
      /^Run the test `tests\/test_invoice\.py::test_total` with `python -m pytest`\.$/,
    ],
    [
      "a test of Go",
      edit("go", (it) => it.subject.excerpt.unshift("--- FAIL: TestSum (0.00s)")),
      /^Run the test `TestSum` with `go test \.\/\.\.\.`\.$/,
    ],
    ["the outermost call", triageCase("python"), /^Begin at `post_invoice` \(`billing\/api\.py:3`\)/],
    [
      "what it ran on",
      edit("rust", (it) => {
        it.subject.environment = { git_sha: "deadbeefcafe" };
      }),
      /^Use what it ran on: What failed was built from `deadbeefcafe`/,
    ],
  ])("%s", (_, given, step) => {
    expect(proposalOf(given).reproduction).toContainEqual(expect.stringMatching(step));
  });

  it("a report that tells no way in gets no steps that would fit any", () => {
    const given = edit("python", (it) => {
      it.inspection.frames = [];
      it.subject.excerpt = [];
    });
    expect(proposalOf(given, validationOf(given)).reproduction).toEqual([]);
  });
});
