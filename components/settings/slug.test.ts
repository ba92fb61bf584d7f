import { expect, it } from "vitest";
import { isSlug, slugFor } from "./slug";

it.each([
  ["Pager, Europe", [], "pager-europe"],
  ["Pager, Europe", ["pager-europe"], "pager-europe-2"],
  ["Zahlungen für Köln", [], "zahlungen-fur-koln"],
  ["  ", [], "webhook"],
  ["支払い", ["webhook", "webhook-2"], "webhook-3"],
  ["..hidden", [], "hidden"],
])("%s", (name, taken, slug) => {
  expect(slugFor(name, taken, "webhook")).toBe(slug);
  expect(isSlug(slug)).toBe(true);
});
