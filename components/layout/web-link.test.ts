import { expect, it } from "vitest";
import { isWebLink } from "@/components/layout/web-link";

it.each([
  ["https://ci.example/run/7", true],
  ["http://ci.example", true],
  ["javascript:alert(1)", false],
  ["data:text/html,x", false],
  ["https://user:pass@ci.example", false],
  ["artifact://run/7", false],
  ["//ci.example", false],
  ["run 7", false],
])("%s is a link: %s", (reference, expected) => {
  expect(isWebLink(reference)).toBe(expected);
});
