import { describe, expect, it } from "vitest";
import { builtInProfiles, compilePatterns, type RedactionProfile, resolveProfile } from "./profiles";
import { redactText } from "./redact-text";

const custom: RedactionProfile = { name: "clinic", pii: true, ipAddresses: true };

describe("profiles", () => {
  it.each([
    [undefined, builtInProfiles.standard, "unnamed"],
    ["  ", builtInProfiles.standard, "unnamed"],
    ["standard", builtInProfiles.standard, "named"],
    ["strict", builtInProfiles.strict, "named"],
    ["clinic", custom, "named"],
    ["nobody-knows", builtInProfiles.strict, "unknown_profile"],
    ["constructor", builtInProfiles.strict, "unknown_profile"],
  ])("%s", (name, profile, reason) => {
    expect(resolveProfile(name, [custom])).toEqual({ profile, reason });
  });

  it.each([
    ["an open group", { name: "a", pattern: "(" }, "bad_syntax"],
    ["a look-behind", { name: "a", pattern: "(?=x)" }, "bad_syntax"],
    ["a back-reference", { name: "a", pattern: "(a)\\1" }, "bad_syntax"],
    ["empty matches", { name: "a", pattern: "x*" }, "matches_nothing"],
    ["a name with spaces", { name: "a b", pattern: "x" }, "bad_name"],
    ["a long pattern", { name: "a", pattern: "x".repeat(600) }, "too_long"],
  ])("refuses %s with a reason", (_case, source, code) => {
    const compiled = compilePatterns([{ name: "good", pattern: "g" }, source]);
    expect(compiled).toMatchObject({ ok: false, problems: [{ index: 1, code }] });
  });

  it("refuses too many", () => {
    const sources = Array.from({ length: 60 }, (_, index) => ({ name: `p${index}`, pattern: "x" }));
    expect(compilePatterns(sources)).toMatchObject({ ok: false, problems: [{ code: "too_many" }] });
  });

  it("hides what a custom pattern finds, in linear time", () => {
    const compiled = compilePatterns([
      { name: "badge", pattern: "BADGE-\\d{4}", ignoreCase: true },
      { name: "evil", pattern: "(a+)+$" },
    ]);
    if (!compiled.ok) throw new Error("must compile");
    const profile: RedactionProfile = { name: "x", pii: false, extraPatterns: compiled.patterns };
    expect(redactText("badge-1234 of Ann", profile)).toEqual({
      text: "[redacted:custom_badge] of Ann",
      redactions: [{ kind: "custom_badge", count: 1 }],
    });
    expect(redactText(`${"a".repeat(20_000)}!`, profile).redactions).toEqual([]);
  });
});
