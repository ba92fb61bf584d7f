import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { triageCase } from "@/lib/testing/triage-cases";
import type { CheckedClaim, Confidence, Research } from "./triage";
import { codeAt, commitOf, holds, refuted, unchecked } from "./triage-claim";
import { confidenceOf, leadingSuspect } from "./triage-confidence";

const at = [codeAt("a.py", 4)];
const by = (hash: string) => [commitOf(hash)];
const line = holds("line_in_file", "x", { evidence: at });
const inside = holds("function_at_line", "x", { evidence: at });
const speaks = holds("line_speaks_of_it", "x", { evidence: at });
const fitsSo = holds("line_can_fail_so", "x", { evidence: at, confidence: "medium" });
const before = (hash: string) => holds("suspect_before_failure", "x", { evidence: by(hash) });
const touched = (hash: string, confidence: Confidence = "high") =>
  holds("suspect_touched_place", "x", { evidence: [...by(hash), ...at], confidence });
const fits = (hash: string) => holds("suspect_change_fits", "x", { evidence: by(hash) });

describe("confidence, by rule", () => {
  it.each<[string, CheckedClaim[], Confidence, string[]]>([
    ["nothing", [], "low", ["no_place_is_known"]],
    ["only the place", [line, inside], "low", ["only_the_place_is_known"]],
    ["place and message", [line, inside, speaks], "medium", ["place_and_message_agree"]],
    ["place and a line that can fail so", [line, inside, fitsSo], "medium", ["place_and_message_agree"]],
    ["place and change", [line, before("a"), touched("a")], "medium", ["place_and_change_agree"]],
    [
      "a touch of the function alone is not enough",
      [line, before("a"), touched("a", "medium")],
      "low",
      ["only_the_place_is_known"],
    ],
    [
      "a touch of the function that fits is",
      [line, before("a"), touched("a", "medium"), fits("a")],
      "medium",
      ["place_and_change_agree"],
    ],
    [
      "all three",
      [line, inside, speaks, before("a"), touched("a")],
      "high",
      ["place_message_and_change_agree"],
    ],
    [
      "a commit whose time could not be checked supports nothing",
      [line, inside, speaks, unchecked("suspect_before_failure", "x", { evidence: by("a") }), touched("a")],
      "medium",
      ["place_and_message_agree"],
    ],
    [
      "one commit's time and another's touch do not add up",
      [line, inside, speaks, before("a"), touched("b")],
      "medium",
      ["place_and_message_agree"],
    ],
    [
      "another commit ruled out takes nothing away",
      [
        line,
        inside,
        speaks,
        before("a"),
        touched("a"),
        refuted("suspect_before_failure", "x", { evidence: by("b") }),
      ],
      "high",
      ["place_message_and_change_agree"],
    ],
    [
      "a contradiction",
      [line, inside, speaks, before("a"), touched("a"), refuted("same_release", "x", { evidence: by("c") })],
      "medium",
      ["place_message_and_change_agree", "capped_by_a_contradiction"],
    ],
    [
      "code of another version",
      [
        line,
        inside,
        speaks,
        before("a"),
        touched("a"),
        refuted("source_line_matches", "x", { evidence: at }),
      ],
      "low",
      ["place_message_and_change_agree", "capped_by_another_version", "capped_by_a_contradiction"],
    ],
    [
      "three contradictions",
      [
        line,
        inside,
        speaks,
        ...["same_release", "same_runtime", "same_library"].map((rule) =>
          refuted(rule, "x", { evidence: at }),
        ),
      ],
      "low",
      ["place_and_message_agree", "capped_by_many_contradictions", "capped_by_a_contradiction"],
    ],
  ])("%s", (_, claims, confidence, because) => {
    expect(confidenceOf(claims)).toEqual({ confidence, because });
  });

  it("the leading suspect is the best one that the claims leave standing", () => {
    const { research } = triageCase("python");
    const [first] = research.history.suspects;
    const suspects = [first, { ...first, hash: "b".repeat(40), rank: 2 }] as Research["history"]["suspects"];
    const both: Research = { ...research, history: { ...research.history, suspects } };
    const hash = first?.hash ?? "";
    expect(leadingSuspect(both, [before(hash), before("b".repeat(40))])?.rank).toBe(1);
    const late = refuted("suspect_before_failure", "x", { evidence: by(hash) });
    expect(leadingSuspect(both, [late, before("b".repeat(40))])?.rank).toBe(2);
    expect(leadingSuspect(both, [late])).toBe(null);
  });
});

describe("laws of confidence", () => {
  const rules = [
    ...[
      "file_in_project",
      "line_in_file",
      "line_can_fail",
      "source_line_matches",
      "function_at_line",
      "line_speaks_of_it",
    ],
    ...[
      "message_from_line",
      "line_can_fail_so",
      "suspect_before_failure",
      "suspect_touched_place",
      "suspect_change_fits",
    ],
    ...[
      "line_older_than_failure",
      "changed_since_last_good",
      "same_release",
      "same_runtime",
      "module_is_undeclared",
    ],
  ];
  const evidence = fc.subarray([
    codeAt("a.py", 1),
    commitOf("a"),
    commitOf("b"),
    { kind: "report" as const, field: "title" as const },
  ]);
  const claim = fc
    .record({
      rule: fc.constantFrom(...rules),
      make: fc.constantFrom(holds, refuted, unchecked),
      confidence: fc.constantFrom<Confidence>("high", "medium", "low"),
      evidence,
    })
    .map(({ rule, make, confidence, evidence }) => make(rule, "x", { confidence, evidence }));
  const rank = { low: 0, medium: 1, high: 2 };

  it("adding a contradiction never raises it", () => {
    const against = claim.map((each): CheckedClaim => ({ ...each, verdict: "refuted" }));
    fc.assert(
      fc.property(fc.array(claim, { maxLength: 20 }), against, fc.nat(20), (claims, contradiction, where) => {
        const added = claims.toSpliced(Math.min(where, claims.length), 0, contradiction);
        expect(rank[confidenceOf(added).confidence]).toBeLessThanOrEqual(
          rank[confidenceOf(claims).confidence],
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it("turning a claim into a contradiction never raises it", () => {
    fc.assert(
      fc.property(fc.array(claim, { minLength: 1, maxLength: 20 }), fc.nat(19), (claims, which) => {
        const turned = claims.map(
          (each, index): CheckedClaim =>
            index === which % claims.length ? { ...each, verdict: "refuted" } : each,
        );
        expect(rank[confidenceOf(turned).confidence]).toBeLessThanOrEqual(
          rank[confidenceOf(claims).confidence],
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it("no claim holds by a report's word alone", () => {
    fc.assert(
      fc.property(fc.constantFrom(...rules), evidence, (rule, given) => {
        const { verdict } = holds(rule, "x", { evidence: given });
        const canBeLookedAt = given.some((each) => each.kind === "code" || each.kind === "commit");
        expect(verdict).toBe(canBeLookedAt ? "holds" : "cannot_be_checked");
      }),
    );
  });
});
