import { expect, it } from "vitest";
import { safeCallbackUrl } from "./safe-callback-url";

it.each([
  ["/drafts/drf_1?tab=raw#payload", "/drafts/drf_1?tab=raw#payload"],
  ["/", "/"],
  [undefined, "/"],
  ["", "/"],
  [["/drafts"], "/"],
  ["https://elsewhere.example/", "/"],
  ["//elsewhere.example", "/"],
  ["/\\elsewhere.example", "/"],
  ["/\t/elsewhere.example", "/"],
  ["/\n/elsewhere.example", "/"],
  ["/.//elsewhere.example", "/"],
  ["/x/..//elsewhere.example", "/"],
  ["javascript:alert(1)", "/"],
  ["drafts", "/"],
  ["/sign-in?callbackUrl=/drafts", "/"],
  ["/sign-in-history", "/sign-in-history"],
])("%s leads to %s", (value, path) => {
  expect(safeCallbackUrl(value)).toBe(path);
});
