import { describe, expect, it } from "vitest";
import type { ConfigWire } from "@/lib/contracts/config";
import { type ConfigEdit, changedKeys, patchOf, rebaseEdit, sameJson } from "./config-section";

const config = (part: Partial<ConfigWire>) =>
  ({ updated_at_ms: 1, routes: [], default_destination_ids: [], ...part }) as unknown as ConfigWire;
type Keys = "repo" | "default_destination_ids";
const edit = (base: ConfigWire, ids: string[], repo?: string): ConfigEdit<Keys> => ({
  base,
  section: { default_destination_ids: ids, repo },
});

it.each([
  [{ a: 1, b: undefined }, { a: 1 }, true],
  [{ a: [1, 2] }, { a: [2, 1] }, false],
  [{ a: { b: 1, c: 2 } }, { a: { c: 2, b: 1 } }, true],
  [null, undefined, false],
  [[], {}, false],
])("%j against %j", (left, right, same) => {
  expect(sameJson(left, right)).toBe(same);
});

describe("a patch", () => {
  it("holds the changed keys alone", () => {
    expect(patchOf(edit(config({ repo: "a/b" }), ["local"], "a/b"))).toEqual({
      default_destination_ids: ["local"],
    });
  });
  it("unsets with null", () => {
    expect(patchOf(edit(config({ repo: "a/b" }), []))).toEqual({ repo: null });
  });
  it("is empty when a change was taken back", () => {
    expect(changedKeys(edit(config({}), []))).toEqual([]);
  });
});

describe("a newer configuration", () => {
  it("is taken up when other keys changed", () => {
    const newer = config({ updated_at_ms: 2, repo: "x/y" });
    const rebased = rebaseEdit(edit(config({}), ["local"]), newer);
    expect(rebased.conflict).toBe(false);
    expect(rebased.edit).toEqual({
      base: newer,
      section: { default_destination_ids: ["local"], repo: "x/y" },
    });
  });
  it("is a conflict when the same key changed, and the edit stays", () => {
    const mine = edit(config({}), ["local"]);
    const rebased = rebaseEdit(mine, config({ updated_at_ms: 2, default_destination_ids: ["hook"] }));
    expect(rebased).toEqual({ edit: mine, conflict: true });
  });
});
