import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { RoutePreview } from "../types/review";
import { compare, parseGolden } from "./golden";

const preview = {
  matches: [
    { route_id: "payments", destination_ids: ["b", "a"], approval_required: true, reason: "matched" },
  ],
  effective_destination_ids: ["b", "a"],
  approval_required: true,
  blocked: true,
  blocked_codes: ["destination_unready", "source_unready"],
} as unknown as RoutePreview;

describe("compare", () => {
  it.each([
    ["the same destinations in another order", { destinations: ["a", "b"] }, []],
    [
      "a destination too few",
      { destinations: ["a"] },
      [{ what: "destinations", expected: ["a"], got: ["a", "b"] }],
    ],
    [
      "no destination expected",
      { destinations: [] },
      [{ what: "destinations", expected: [], got: ["a", "b"] }],
    ],
    [
      "the approval",
      { approval_required: false },
      [{ what: "approval_required", expected: false, got: true }],
    ],
    ["the route", { route: "payments" }, []],
    ["no route expected", { route: null }, [{ what: "route", expected: null, got: "payments" }]],
    ["one of the codes is enough", { blocked: true, blocked_codes: ["source_unready"] }, []],
    [
      "a code that is not there",
      { blocked_codes: ["x"] },
      [{ what: "blocked_codes", expected: ["x"], got: preview.blocked_codes }],
    ],
  ])("%s", (_, expect_, mismatches) => expect(compare(expect_, preview)).toEqual(mismatches));

  it("no match at all is the route null", () => {
    expect(compare({ route: null }, { ...preview, matches: [] })).toEqual([]);
  });
});

describe("parseGolden", () => {
  const one = { name: "a", given: {}, expect: { blocked: false } };

  it("takes {cases} and a bare list", () => {
    expect(parseGolden({ cases: [one] }, "f")).toEqual([one]);
    expect(parseGolden([one], "f")).toEqual([one]);
  });

  it("takes the example of the package", () => {
    const file = new URL("../../examples/routes.golden.json", import.meta.url);
    expect(parseGolden(JSON.parse(readFileSync(file, "utf8")), "example").length).toBeGreaterThan(2);
  });

  it.each<[string, unknown, RegExp]>([
    ["no case", { cases: [] }, /at least one case/],
    ["no list", { case: [one] }, /at least one case/],
    ["no name", [{ ...one, name: " " }], /cases\[0\]\.name/],
    ["a name twice", [one, one], /there twice/],
    ["no given", [{ ...one, given: [] }], /cases\[0\]\.given/],
    ["nothing expected", [{ ...one, expect: {} }], /must name at least one/],
    [
      "a misspelt expectation",
      [{ ...one, expect: { destination: ["a"] } }],
      /expect\.destination is not known/,
    ],
    ["a key of every object", [{ ...one, expect: { toString: 1 } }], /expect\.toString is not known/],
    ["a wrong type", [{ ...one, expect: { destinations: "a" } }], /expect\.destinations has the wrong type/],
    ["a misspelt key beside it", [{ ...one, expected: {} }], /cases\[0\]\.expected is not known/],
  ])("refuses %s", (_, value, message) => expect(() => parseGolden(value, "f.json")).toThrow(message));
});
