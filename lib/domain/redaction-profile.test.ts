import { describe, expect, it } from "vitest";
import { sha256Hex } from "@/lib/digest";
import { aConfig, aDestination } from "@/lib/testing/configs";
import { destinationDigest } from "./approval";
import { defaultConfig, defaultSafetyDefaults, type MonitorConfig, type SafetyDefaults } from "./config";
import { normaliseConfig } from "./config-normalise";
import { validateConfig } from "./config-validate";
import {
  outboundProfileName,
  patternFault,
  type RedactionProfileRow,
  withOutboundRules,
} from "./redaction-profile";

const clinic: RedactionProfileRow = { profileId: "clinic", personalData: ["email"] };
const withSafety = (safety: Partial<SafetyDefaults>, rest: Partial<MonitorConfig> = {}): MonitorConfig => ({
  ...defaultConfig,
  ...rest,
  safetyDefaults: { ...defaultSafetyDefaults, ...safety },
});

describe("a pattern is tried when it is saved", () => {
  it.each([
    ["an open group", { name: "a", pattern: "(" }, "bad_syntax"],
    ["a look-ahead", { name: "a", pattern: "(?=x)" }, "bad_syntax"],
    ["a back-reference", { name: "a", pattern: "(a)\\1" }, "bad_syntax"],
    ["an empty match", { name: "a", pattern: "x*" }, "matches_nothing"],
    ["nothing at all", { name: "a", pattern: "" }, "matches_nothing"],
    ["every word", { name: "a", pattern: "\\w" }, "matches_words"],
    ["everything", { name: "a", pattern: ".+" }, "matches_words"],
    ["a name with spaces", { name: "a b", pattern: "xyz" }, "bad_name"],
    ["a long pattern", { name: "a", pattern: "x".repeat(501) }, "too_long"],
    ["a patient's number", { name: "patient", pattern: "PAT-[0-9]{6}" }, null],
    ["an order's number", { name: "order", pattern: "ord_[a-z0-9]+" }, null],
  ])("%s", (_case, pattern, code) => {
    expect(patternFault(pattern)?.code ?? null).toBe(code);
  });
});

describe("what is said about profiles at save", () => {
  const found = (config: MonitorConfig) => {
    const { errors, warnings } = validateConfig(config);
    const told = (issues: typeof errors) => issues.map(({ path, code }) => `${path} ${code}`);
    return { errors: told(errors), warnings: told(warnings).filter((each) => each.includes("redaction")) };
  };
  const at = "safety_defaults.redaction_profiles";

  it("a name that is taken, twice there, or none; a pattern that cannot be used", () => {
    const patterns = [
      { name: "a", pattern: "(" },
      { name: "b", pattern: "PAT-[0-9]+" },
      { name: "b", pattern: "ORD-[0-9]+" },
    ];
    const rows = [
      { ...clinic, profileId: "strict" },
      clinic,
      { ...clinic, patterns },
      { ...clinic, profileId: "no good" },
    ];
    expect(found(withSafety({ redactionProfiles: rows })).errors).toEqual([
      `${at}[0].profile_id redaction_profile_reserved`,
      `${at}[2].profile_id id_duplicate`,
      `${at}[2].patterns[0].pattern redaction_pattern_bad_syntax`,
      `${at}[2].patterns[2].name redaction_pattern_duplicate`,
      `${at}[3].profile_id id_invalid`,
    ]);
  });

  it("a profile that nobody made is a warning wherever it is named", () => {
    const config = aConfig({
      safetyDefaults: { ...defaultSafetyDefaults, redactionProfile: "clinik", redactionProfiles: [clinic] },
      destinations: [aDestination({ config: { redaction_profile: "clinik" } })],
    });
    expect(found(config)).toEqual({
      errors: [],
      warnings: [
        "safety_defaults.redaction_profile redaction_profile_unknown",
        "destinations[0].config.redaction_profile redaction_profile_unknown",
      ],
    });
    const known = { ...config.safetyDefaults, redactionProfile: "clinic" };
    const destinations = [aDestination({ config: { redaction_profile: "clinic" } })];
    expect(found({ ...config, safetyDefaults: known, destinations }).warnings).toEqual([]);
  });

  it("is stored trimmed and without repeats, a pattern as it was written", () => {
    const given: RedactionProfileRow = {
      profileId: " clinic ",
      personalData: ["email", "email"],
      patterns: [{ name: " badge ", pattern: " B-[0-9]", ignoreCase: false }],
      allowedValues: [" a@b.example ", "", "a@b.example"],
    };
    const once = normaliseConfig(withSafety({ redactionProfiles: [given] }));
    expect(once.safetyDefaults.redactionProfiles).toEqual([
      {
        profileId: "clinic",
        personalData: ["email"],
        patterns: [{ name: "badge", pattern: " B-[0-9]" }],
        allowedValues: ["a@b.example"],
      },
    ]);
    expect(normaliseConfig(once)).toEqual(once);
  });
});

describe("the profile of what leaves", () => {
  const digest = (own: string | undefined, safety: Partial<SafetyDefaults>) => {
    const row = aDestination(own ? { config: { redaction_profile: own } } : {});
    return destinationDigest(withOutboundRules(row, withSafety(safety)), sha256Hex);
  };

  it("is the destination's own, else the default", () => {
    const config = withSafety({ redactionProfile: "strict" });
    const own = aDestination({ config: { redaction_profile: "clinic" } });
    expect(outboundProfileName(own, config)).toBe("clinic");
    expect(outboundProfileName(aDestination({ config: { redaction_profile: " " } }), config)).toBe("strict");
    expect(outboundProfileName(aDestination(), config)).toBe("strict");
  });

  it("is a part of what an approval binds: other rules under the same name are another destination", () => {
    const plain = digest(undefined, {});
    expect(plain).toBe(destinationDigest(aDestination(), sha256Hex));
    expect(digest(undefined, { redactionProfiles: [clinic] })).toBe(plain);
    expect(digest(undefined, { redactionProfile: "strict" })).not.toBe(plain);
    const before = digest("clinic", { redactionProfiles: [clinic] });
    expect(digest("clinic", { redactionProfiles: [{ ...clinic, personalData: [] }] })).not.toBe(before);
    expect(digest("clinic", { redactionProfiles: [{ ...clinic, allowedValues: ["x"] }] })).not.toBe(before);
    expect(digest("clinic", {})).not.toBe(before);
    const others = [clinic, { ...clinic, profileId: "other" }];
    expect(digest("clinic", { redactionProfiles: others })).toBe(before);
  });
});
