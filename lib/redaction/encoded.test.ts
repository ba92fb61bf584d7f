import { describe, expect, it } from "vitest";
import { builtInProfiles } from "./profiles";
import { redactText } from "./redact-text";

const { standard } = builtInProfiles;
const base64 = (text: string) => Buffer.from(text).toString("base64");
const opaque = ["k3Vb", "9xQ2", "mT7w", "Lp4Z", "aR8c", "Yd1e", "Hn6s"].join("");

describe("secrets written in base64", () => {
  it.each([
    ["a vendor's token", `ghp_${opaque}`],
    ["a settings file", JSON.stringify({ user: "app", password: opaque })],
    ["one that is laid out", JSON.stringify({ user: "app", password: opaque }, null, 2)],
    ["a header", `Bearer ${opaque}`],
    ["an address with a password", `postgres://app:${opaque}@db.example.com/shop`],
    ["a pair", `password=${opaque}`],
    ["a private key", `-----BEGIN PRIVATE KEY-----\n${opaque}${opaque}\n-----END PRIVATE KEY-----`],
  ])("%s is hidden whole", (_, text) => {
    for (const encoded of [base64(text), Buffer.from(text).toString("base64url")]) {
      expect(redactText(`data: ${encoded} in the file`, standard).text).toBe(
        "data: [redacted:encoded_secret] in the file",
      );
    }
  });

  it("is hidden in text that was written as JSON, once or more often", () => {
    const encoded = base64(`ghp_${opaque}`);
    const once = JSON.stringify({ log: `first\n${encoded}\nlast` });
    for (const text of [once, JSON.stringify(once)]) {
      const { text: redacted } = redactText(text, standard);
      expect(redacted).not.toContain(encoded);
      expect(redacted).toContain("last");
    }
  });

  it.each([
    ["JSON without one", JSON.stringify({ user: "app", level: "error", retries: 3 })],
    ["an address", "https://example.com/docs/setup"],
    ["a sentence", "token bucket ran empty after 3 tries"],
    ["bytes", Buffer.from([0x65, 0, 1, 2, 3, 200, 201, 202, 203, 204, 205, 206, 207]).toString("latin1")],
  ])("%s stays as it is", (_, text) => {
    const said = `data: ${Buffer.from(text, "latin1").toString("base64")} in the file`;
    expect(redactText(said, standard).text).toBe(said);
  });

  it("a name that begins like one is read as it is written", () => {
    const said = "eyJustAMethodName and cGFzc3dvcmRSZXNldFBhZ2VTaG93bg";
    expect(redactText(said, standard).text).toBe(said);
  });
});
