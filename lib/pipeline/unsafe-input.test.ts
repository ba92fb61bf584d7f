import { expect, it } from "vitest";
import { findUnsafe } from "./unsafe-input";

const around: Record<string, unknown> = {};
around.itself = around;

it.each([
  ["a\u0000b", { path: "", fault: "holds a NUL character" }],
  [{ reason: "a\u0000b" }, { path: "reason", fault: "holds a NUL character" }],
  [{ query: { q: "a\ud800" } }, { path: "query.q", fault: "holds half a surrogate pair" }],
  [{ ids: ["a", "\udc00"] }, { path: "ids[1]", fault: "holds half a surrogate pair" }],
  [{ config: { "a\u0000": 1 } }, { path: "config.(name)", fault: "holds a NUL character" }],
  [JSON.parse('{"__proto__":{}}'), { path: "__proto__", fault: "reaches for a prototype" }],
  [{ constructor: { prototype: {} } }, { path: "constructor", fault: "reaches for a prototype" }],
  [around, { fault: "is nested too deeply" }],
])("%#: what no database can hold, or reaches too far, is found where it is", (value, found) => {
  expect(findUnsafe(value)).toMatchObject(found);
});

it.each([
  ["plain 👩 text"],
  [{ reason: "x", ids: [], n: 1, none: null, constructor: "Acme" }],
  [[undefined, true]],
])("%#: nothing is found in what is fine", (value) => {
  expect(findUnsafe(value)).toBeNull();
});
