import { describe, expect, it } from "vitest";
import { artifactReference, bytesReference, parseEvidenceReference } from "./evidence-reference";

const at = "tandem://incident-monitor/shop";

describe("evidence references", () => {
  it("what is written is read", () => {
    expect(parseEvidenceReference(bytesReference("shop", "api", 10, 25))).toEqual({
      ...{ kind: "bytes", projectId: "shop", sourceId: "api", offsetStart: 10, offsetEnd: 25 },
    });
    expect(parseEvidenceReference(` ${artifactReference("shop", "api.1", "0123abcd-10.json")} `)).toEqual({
      ...{ kind: "artifact", projectId: "shop", sourceId: "api.1", file: "0123abcd-10.json" },
    });
  });

  it.each([
    "",
    "https://example.test/incident-monitor/shop/evidence/api/a.json",
    "tandem://other/shop/evidence/api/a.json",
    `${at}/logs/api`,
    `${at}/logs/api#offset=10`,
    `${at}/logs/api#offset=25-10`,
    `${at}/logs/api#offset=10-10`,
    `${at}/logs/api#offset=-1-10`,
    `${at}/logs/api#offset=1-99999999999999999999`,
    `${at}/evidence/api/`,
    `${at}/evidence/api/a/b.json`,
    `${at}/evidence/api/a%2Fb.json`,
    `${at}/evidence/a b/a.json`,
    `${at}/triage/run/phase.json`,
  ])("%j is none", (text) => {
    expect(parseEvidenceReference(text)).toBeNull();
  });
});
