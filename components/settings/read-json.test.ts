import { expect, it } from "vitest";
import { readJson } from "./read-json";

it.each([
  ['{"a": 1}', { ok: true, value: { a: 1 } }],
  ['{\n  "a": 1,\n}', { ok: false, message: "This is not JSON yet: line 3, “}” is not expected there." }],
  ['{\n  "a": [1', { ok: false, message: "This is not JSON yet: line 2, it ends too early." }],
  ["", { ok: false, message: "This is not JSON yet: line 1, it ends too early." }],
])("%j", (text, read) => {
  expect(readJson(text)).toEqual(read);
});
