import { describe, expect, it } from "vitest";
import type { SilenceWire } from "@/lib/contracts/silence";
import { createSilenceSchema } from "@/lib/contracts/silence";
import { emptyForm, faultsOf, formOf, presetEnd, requestOf, type SilenceForm } from "./silence-form";

const whole: SilenceForm = { ...emptyForm(), title: "disk*", reason: "Known", expires: "2026-03-12T14:05" };

describe("what is missing", () => {
  it.each<[string, Partial<SilenceForm>, string[]]>([
    ["nothing", {}, []],
    ["a matcher", { title: " " }, ["matcher"]],
    ["a reason", { reason: "  " }, ["reason"]],
    ["an end", { expires: "" }, ["expires_at_ms"]],
    ["a start that is one", { starts: "soon" }, ["starts_at_ms"]],
  ])("%s", (_, part, fields) => {
    expect(Object.keys(faultsOf({ ...whole, ...part }, "UTC"))).toEqual(fields);
  });
  it("a list is a matcher too", () => {
    const lists = { ...whole.lists, match_components: ["ledger"] };
    expect(faultsOf({ ...whole, title: "", lists }, "UTC")).toEqual({});
  });
});

it("asks for what the contract takes, and starts now when nothing is said", () => {
  const request = requestOf({ ...whole, lists: { ...whole.lists, match_sources: ["ci"] } }, "Europe/Berlin");
  expect(createSilenceSchema.parse(request)).toMatchObject({
    matcher: { match_sources: ["ci"], match_title: "disk*" },
    reason: "Known",
    expires_at_ms: Date.parse("2026-03-12T13:05:00Z"),
  });
  expect(request.starts_at_ms).toBeUndefined();
});

it("takes out a title that was emptied", () => {
  expect(requestOf({ ...whole, title: "" }, "UTC").matcher.match_title).toBeNull();
});

it("shows a silence as it is", () => {
  const silence = {
    matcher: { match_components: ["ledger"], match_title: "disk*" },
    reason: "Known",
    windows: [{ zone: "UTC", from: "09:00", to: "17:00" }],
    starts_at_ms: Date.parse("2026-03-12T10:00:00Z"),
    expires_at_ms: Date.parse("2026-03-12T12:00:00Z"),
  } as unknown as SilenceWire;
  expect(formOf(silence, "Europe/Berlin")).toMatchObject({
    lists: { match_components: ["ledger"], match_sources: [] },
    title: "disk*",
    starts: "2026-03-12T11:00",
    expires: "2026-03-12T13:00",
  });
});

it.each([
  ["", "2026-03-12T11:01"],
  ["2026-03-13T08:00", "2026-03-13T09:00"],
])("one hour, starting at %s", (starts, end) => {
  expect(presetEnd(3_600_000, starts, Date.parse("2026-03-12T10:00:01Z"), "UTC")).toBe(end);
});
