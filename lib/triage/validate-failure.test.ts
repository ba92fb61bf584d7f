import { describe, expect, it } from "vitest";
import type { CheckedClaim, Validation } from "@/lib/domain/triage";
import { type TriageCase, triageCase, triageCases } from "@/lib/testing/triage-cases";
import { edit, projectOf, rewrite, sourceOf, validate } from "@/lib/testing/triage-project";
import { validateFailure } from "./validate-failure";

const verdicts = ({ claims }: Validation, rule: string) =>
  claims.filter((claim) => claim.rule === rule).map((claim) => claim.verdict);
const claimOf = ({ claims }: Validation, rule: string) =>
  claims.find((claim) => claim.rule === rule) as CheckedClaim;

describe("a failure of each language, and the code that failed", () => {
  it.each(triageCases.map((each) => [each.language, each] as const))(
    "%s: nothing against it",
    async (_, given) => {
      const validation = await validate(given);
      // Go's message names no key and no variable: the line fits it, and that is less than being named.
      const isNamed = given.language !== "go";
      expect(validation.contradictions).toEqual([]);
      expect(validation.confidence).toBe(isNamed ? "high" : "medium");
      expect(validation.confidenceBecause).toEqual([
        isNamed ? "place_message_and_change_agree" : "place_and_change_agree",
      ]);
      for (const rule of ["file_in_project", "line_in_file", "function_at_line", "suspect_before_failure"])
        expect(verdicts(validation, rule)[0], rule).toBe("holds");
      expect(verdicts(validation, isNamed ? "line_speaks_of_it" : "line_can_fail_so")).toEqual(["holds"]);
      expect(verdicts(validation, "suspect_touched_place")).toEqual(["holds"]);
      expect(verdicts(validation, "suspect_change_fits")).toEqual(["holds"]);
      expect(verdicts(validation, "suspect_change_stands")).toEqual(["holds"]);
      expect(validation.findings.map((finding) => finding.rule)).toEqual([
        expect.stringMatching(/^tests_by_/),
      ]);
    },
  );
});

const own = (message: string, line: string, bend: (given: TriageCase) => void = () => undefined) =>
  edit("javascript", (it) => {
    it.subject.title = `RatesError: ${message}`;
    it.subject.excerpt = [it.subject.title, ...it.subject.excerpt.slice(2)];
    rewrite(it, sourceOf(it).replace("return order.total + fee;", line));
    bend(it);
  });

describe("a message that the code wrote itself", () => {
  it.each<[string, TriageCase, CheckedClaim["verdict"], RegExp]>([
    [
      "its words are in the line, around what varies",
      own("no rates for EUR on Monday", "throw new RatesError(`no rates for ${currency} on ${day}`);"),
      ...(["holds", /is written at `src\/cart\.ts:3`/] as const),
    ],
    [
      "the line raises that type",
      own("gone", "throw new RatesError(reason);"),
      ...(["holds", /itself raises `RatesError`/] as const),
    ],
    [
      "the line raises another message",
      own("no rates today", `throw new Error("card was declined");`),
      ...(["refuted", /raises another message/] as const),
    ],
    [
      "its words are elsewhere in the project",
      own("no rates today", "return settle(order);", (it) => {
        it.files["src/words.ts"] = `export const missing = "no rates today";\n`;
        it.inspection.mentions = [{ path: "src/words.ts", line: 1, because: "message_literal", text: "" }];
      }),
      ...(["holds", /written at `src\/words\.ts:1`, which the trace does not name/] as const),
    ],
    [
      "inspection claims a place whose line does not have the words",
      own("no rates today", "return settle(order);", (it) => {
        it.files["src/words.ts"] = `export const missing = "something";\n`;
        it.inspection.mentions = [
          { path: "src/words.ts", line: 1, because: "message_literal", text: "no rates today" },
        ];
      }),
      ...(["cannot_be_checked", /was not found/] as const),
    ],
  ])("%s", async (_, given, verdict, words) => {
    const claim = claimOf(await validate(given), "message_from_line");
    expect([claim.verdict, claim.statement]).toEqual([verdict, expect.stringMatching(words)]);
  });
});

it("words that a runtime would use, written by the code itself, are the code's", async () => {
  const line = "throw new TypeError(`Cannot read properties of undefined (reading '${name}')`);";
  const given = own("x", line, (it) => {
    it.subject.title = "TypeError: Cannot read properties of undefined (reading 'total')";
    it.subject.excerpt[0] = it.subject.title;
  });
  const validation = await validate(given);
  expect(verdicts(validation, "message_from_line")).toEqual(["holds"]);
  expect(verdicts(validation, "line_speaks_of_it")).toEqual([]);
});

describe("modules and libraries", () => {
  const missing = (name: string, bend: (given: TriageCase) => void) =>
    edit("javascript", (it) => {
      it.subject.title = `Error: Cannot find module '${name}'`;
      it.subject.excerpt = [it.subject.title, ...it.subject.excerpt.slice(2)];
      bend(it);
    });
  const locks = (given: TriageCase, path: string, text: string, line: number) => {
    given.files[path] = text;
    given.inspection.mentions = [{ path, line, because: "locks_dependency", text: "" }];
  };
  const ran = (given: TriageCase) => {
    given.inspection.frames.push({
      text: "from /usr/lib/ruby/gems/3.3.0/gems/activerecord-7.1.2/lib/active_record/relation.rb:88:in 'each'",
      depth: 1,
      origin: "library",
      function: "each",
      reportedPath: "/usr/lib/ruby/gems/3.3.0/gems/activerecord-7.1.2/lib/active_record/relation.rb",
      line: 88,
      state: "not_looked_for",
      path: null,
    });
  };
  it.each<[string, TriageCase, string, CheckedClaim["verdict"], RegExp]>([
    [
      "a module that no manifest names",
      missing("stripe", () => undefined),
      ...(["module_is_undeclared", "holds", /`package\.json` does not name `stripe`/] as const),
    ],
    [
      "a module that the manifest names",
      missing("vitest/node", () => undefined),
      ...([
        "module_is_undeclared",
        "refuted",
        /`package\.json:4` declares `vitest`.*not installed from this/,
      ] as const),
    ],
    [
      "the locked version ran",
      edit("ruby", (it) => {
        ran(it);
        locks(it, "Gemfile.lock", "GEM\n    activerecord (7.1.2)\n", 2);
      }),
      ...(["same_library", "holds", /`activerecord` 7\.1\.2, as `Gemfile\.lock:2` locks it/] as const),
    ],
    [
      "another version than the locked one ran",
      edit("ruby", (it) => {
        ran(it);
        locks(it, "Gemfile.lock", "GEM\n    activerecord (7.2.0)\n", 2);
      }),
      ...([
        "same_library",
        "refuted",
        /ran `activerecord` 7\.1\.2; `Gemfile\.lock:2` locks 7\.2\.0/,
      ] as const),
    ],
  ])("%s", async (_, given, rule, verdict, words) => {
    const claim = claimOf(await validate(given), rule);
    expect([claim.verdict, claim.statement]).toEqual([verdict, expect.stringMatching(words)]);
  });
});

describe("when there is nothing to look at", () => {
  const nothing: Array<[string, (given: TriageCase) => Promise<Validation>]> = [
    [
      "no root",
      ({ subject, inspection, research }) => {
        const frames = inspection.frames.map((frame) => ({
          ...frame,
          state: "no_root" as const,
          path: null,
        }));
        const read = { readLines: () => Promise.reject(new Error("there is no root to read from")) };
        return validateFailure({
          subject,
          inspection: { ...inspection, frames, windows: [] },
          research: { ...research, history: { state: "no_root", head: null, suspects: [], blamed: [] } },
          root: null,
          read,
        });
      },
    ],
    [
      "every read refused",
      ({ subject, inspection, research }) =>
        validateFailure({
          subject,
          inspection: { ...inspection, windows: [] },
          research,
          root: "/x",
          read: { readLines: async () => null },
        }),
    ],
    [
      "every read fails",
      ({ subject, inspection, research }) =>
        validateFailure({
          subject,
          inspection: { ...inspection, windows: [] },
          research,
          root: "/x",
          read: { readLines: () => Promise.reject(new Error("EIO")) },
        }),
    ],
    [
      "stopped before it began",
      (given) => {
        const { root, read } = projectOf(given);
        const { subject, inspection, research } = given;
        return validateFailure({
          subject,
          inspection: { ...inspection, windows: [] },
          research,
          root,
          read,
          signal: AbortSignal.abort(),
        });
      },
    ],
  ];
  it.each(nothing)("%s: no claim about the code holds, and it is said", async (_, run) => {
    const validation = await run(triageCase("python"));
    const aboutCode = [
      "line_in_file",
      "source_line_matches",
      "function_at_line",
      "line_speaks_of_it",
      "suspect_change_stands",
    ];
    expect(
      validation.claims.filter((claim) => aboutCode.includes(claim.rule) && claim.verdict === "holds"),
    ).toEqual([]);
    expect(validation.lookedAt.some((each) => each.outcome !== "read")).toBe(true);
    expect(validation.confidence).toBe("low");
  });

  it("a trace of another project is a contradiction", async () => {
    const given = triageCase("python");
    for (const frame of given.inspection.frames) Object.assign(frame, { state: "not_found", path: null });
    const validation = await validate(given);
    expect(verdicts(validation, "file_in_project")).toEqual(["refuted"]);
    expect(validation.contradictions[0]).toMatch(/None of the files that the trace names is in this project/);
  });

  it("reads within its bounds, and the same ground gives the same claims", async () => {
    const given = triageCase("python");
    const long = Array.from({ length: 30_000 }, (_, index) => `x${index} = ${index}`).join("\n");
    given.files[given.at.path] = long;
    for (let index = 0; index < 200; index += 1) {
      given.files[`lock${index}`] = "a 1.0.0";
      given.inspection.mentions.push({
        path: `lock${index}`,
        line: 1,
        because: "locks_dependency",
        text: "a",
      });
    }
    const { root, read, reads } = projectOf(given);
    const { subject, inspection, research } = given;
    const first = await validateFailure({ subject, inspection, research, root, read });
    expect(reads.length).toBeLessThanOrEqual(240);
    expect(reads.filter((path) => path === given.at.path)).toHaveLength(8);
    expect(await validateFailure({ subject, inspection, research, root, read })).toEqual(first);
  });
});
