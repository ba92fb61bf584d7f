import { describe, expect, it } from "vitest";
import type { RedactionProfileRow } from "@/lib/domain/redaction-profile";
import { createGenerator } from "./corpus/generator";
import { vendorTokens } from "./corpus/vendor-tokens";
import { builtInProfiles, profileNamed, resolveProfile } from "./profiles";
import { redactText } from "./redact-text";

const clinic: RedactionProfileRow = {
  profileId: "clinic",
  personalData: ["email"],
  patterns: [{ name: "badge", pattern: "BADGE-\\d{4}", ignoreCase: true }],
  allowedValues: ["support@clinic.example", "@Partner.example", "BADGE-0000"],
};
const broken: RedactionProfileRow = {
  profileId: "broken",
  personalData: [],
  patterns: [{ name: "open", pattern: "(" }],
};
const safety = { redactionProfiles: [clinic, broken] };

describe("profiles", () => {
  it.each([
    [undefined, "standard", "unnamed"],
    ["  ", "standard", "unnamed"],
    ["standard", "standard", "named"],
    ["strict", "strict", "named"],
    ["clinic", "clinic", "named"],
    [" clinic ", "clinic", "named"],
    ["broken", "strict", "broken_profile"],
    ["nobody-knows", "strict", "unknown_profile"],
    ["constructor", "strict", "unknown_profile"],
  ])("%s is %s: %s", (name, used, reason) => {
    const resolved = resolveProfile(name, safety);
    expect([resolved.profile.name, resolved.reason]).toEqual([used, reason]);
  });

  it.each([
    ["an address", "ann@example.com wrote", "[redacted:email] wrote"],
    ["an address that is spared", "support@clinic.example wrote", "support@clinic.example wrote"],
    ["whatever its case", "Support@Clinic.Example wrote", "Support@Clinic.Example wrote"],
    ["any address of a domain that is spared", "bob@partner.example", "bob@partner.example"],
    ["a domain that only ends like it", "bob@notpartner.example", "[redacted:email]"],
    ["a pattern of its own", "badge-1234 of Ann", "[redacted:custom_badge] of Ann"],
    ["what it spares of a pattern", "badge-0000 of Ann", "badge-0000 of Ann"],
    ["a class that it does not name", "from 10.0.0.1", "from 10.0.0.1"],
  ])("%s", (_case, text, expected) => {
    expect(redactText(text, profileNamed("clinic", safety)).text).toBe(expected);
  });

  it("what nobody knows is hidden by every class and every pattern, and nothing is spared", () => {
    const text = "badge-0000 support@clinic.example 10.0.0.1 +49 30 1234567";
    const { redactions } = redactText(text, profileNamed("nobody-knows", safety));
    expect(redactions.map(({ kind }) => kind)).toEqual([
      "custom_badge",
      "email",
      "ip_address",
      "phone_number",
    ]);
  });

  it("no profile spares a secret, whatever it lists as allowed", () => {
    const random = createGenerator(41);
    for (const { name, make } of vendorTokens) {
      const token = make(random);
      const allowing = { profileId: "x", personalData: [], allowedValues: [token, `token=${token}`] };
      const profile = profileNamed("x", { redactionProfiles: [allowing] });
      expect(redactText(`token=${token}`, profile).text, name).not.toContain(token);
    }
  });

  it("a pattern takes time in the length of the text alone", () => {
    const patterns = [{ name: "evil", pattern: "(a+)+$" }];
    const profile = profileNamed("x", {
      redactionProfiles: [{ profileId: "x", personalData: [], patterns }],
    });
    expect(redactText(`${"a".repeat(20_000)}!`, profile).redactions).toEqual([]);
  });

  it("without profiles the strictest is the strict one itself", () => {
    expect(profileNamed("nobody-knows", {})).toBe(builtInProfiles.strict);
  });
});
