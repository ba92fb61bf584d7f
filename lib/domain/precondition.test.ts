import { expect, it } from "vitest";
import { decidePrecondition, type PreconditionDecision, type Preconditions, tagsOf } from "./precondition";

const ok: PreconditionDecision = { ok: true };
const stale: PreconditionDecision = { ok: false, reason: "stale" };
const exists: PreconditionDecision = { ok: false, reason: "exists" };

it.each<[string, Preconditions, string | null, PreconditionDecision]>([
  ["nothing asked, something there", {}, "a", ok],
  ["nothing asked, nothing there", {}, null, ok],
  ["blank headers ask for nothing", { ifMatch: " ", ifNoneMatch: "" }, "a", ok],
  ["the tag that was read", { ifMatch: '"a"' }, "a", ok],
  ["one of several", { ifMatch: '"b", "a"' }, "a", ok],
  ["another tag", { ifMatch: '"b"' }, "a", stale],
  ["a tag of something that is gone", { ifMatch: '"a"' }, null, stale],
  ["whatever exists, and it does", { ifMatch: "*" }, "a", ok],
  ["whatever exists, and it does not", { ifMatch: "*" }, null, stale],
  ["create only, nothing there", { ifNoneMatch: "*" }, null, ok],
  ["create only, something there", { ifNoneMatch: "*" }, "a", exists],
  ["anything but this, and it is this", { ifNoneMatch: '"a"' }, "a", exists],
  ["anything but this, and it is another", { ifNoneMatch: '"b"' }, "a", ok],
])("decidePrecondition: %s", (_, conditions, tag, decision) => {
  expect(decidePrecondition(conditions, tag)).toEqual(decision);
});

it("tagsOf strips quotes and the mark of a proxy that changed the encoding", () => {
  expect(tagsOf('W/"12", "13"')).toEqual(["12", "13"]);
  expect([tagsOf(null), tagsOf(undefined), tagsOf(" * ")]).toEqual([null, null, "*"]);
});
