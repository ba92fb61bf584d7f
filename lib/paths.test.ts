import { expect, it } from "vitest";
import { api, draftPath, draftsPath, withQuery } from "./paths";

it.each([
  ["an id is one segment", draftPath("drf_1/../x"), "/drafts/drf_1%2F..%2Fx"],
  ["no query, no question mark", draftsPath(), "/drafts"],
  ["empty values are left out", draftsPath({ state: "", severity: undefined, q: null }), "/drafts"],
  ["lists repeat their key", draftsPath({ severity: ["high", "low"] }), "/drafts?severity=high&severity=low"],
  ["numbers and flags", withQuery("/x", { limit: 0, open: false }), "/x?limit=0&open=false"],
  ["API", api.approveDraft("drf_1"), "/incident-monitor/drafts/drf_1/approve"],
])("%s", (_name, actual, expected) => {
  expect(actual).toBe(expected);
});
