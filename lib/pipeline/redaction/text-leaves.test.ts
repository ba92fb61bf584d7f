import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinLeaves, splitLeaves } from "./text-leaves";

describe("texts within JSON of ours", () => {
  it.each<[string, unknown, string[]]>([
    ["a text", "exit 1 for ada", [""]],
    ["a member, not its name", { password: "exit 1 for ada" }, ["/password"]],
    ["rows together", { lines: ["row one", "row two"] }, ["/lines"]],
    ["rows of which one is ours apart", { lines: ["row one", "tandem://x/y"] }, ["/lines/0"]],
    ["a list in a list", [["a b", "c d"], { e: "f g" }], ["/0", "/1/e"]],
    ["a state", { state: "approval_required", at: "2026-06-29T12:00:00.000Z" }, []],
    ["an id and a hash", { id: `failure-draft-${"0a".repeat(16)}`, sha256: "0a".repeat(32) }, []],
    ["numbers and nothing", { count: 1, none: null, yes: true }, []],
    ["no text at all", null, []],
  ])("%s", (_case, value, paths) => {
    expect(splitLeaves(value).map(([path]) => path)).toEqual(paths);
  });

  it("put back as they are they make the same value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const leaves = new Map(splitLeaves(value));
        expect(joinLeaves(value, (path) => leaves.get(path))).toEqual(value);
      }),
    );
  });
});
