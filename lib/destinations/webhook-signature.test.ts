import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { verifyStandard, verifyTandem } from "@/e2e/fakes/webhook-receiver";
import { isUsableSecret, signatureHeaders } from "./webhook-signature";

const body = '{"event":"incident_monitor.incident","title":"Zürich – 火災 🔥"}';
const whsec = `whsec_${Buffer.from("0123456789abcdef0123456789abcdef").toString("base64")}`;

describe("signatureHeaders", () => {
  it("gives the known answer for a fixed input", () => {
    const headers = signatureHeaders({
      secrets: ["shared-secret"],
      deliveryId: "bmwh_1",
      timestampMs: 1_767_225_600_999,
      body: "{}",
    });
    expect(headers).toEqual({
      "x-tandem-signature":
        "t=1767225600999,v1=" +
        createHmac("sha256", "shared-secret").update("1767225600999.{}").digest("hex"),
      "x-tandem-signature-scheme": "tandem_hmac_sha256_v1",
      "webhook-id": "bmwh_1",
      "webhook-timestamp": "1767225600",
      "webhook-signature": `v1,${createHmac("sha256", "shared-secret").update("bmwh_1.1767225600.{}").digest("base64")}`,
    });
    expect(headers["x-tandem-signature"]).toMatch(/^t=\d{13},v1=[0-9a-f]{64}$/);
  });

  it.each([
    ["plain text", "shared-secret"],
    ["text beyond ASCII", "gehéim-秘密"],
    ["a whsec_ secret", whsec],
  ])("verifies for both schemes with %s", (_name, secret) => {
    const headers = signatureHeaders({
      secrets: [secret],
      deliveryId: "bmwh_1",
      timestampMs: Date.now(),
      body,
    });
    expect(verifyTandem(secret, headers, body)).toBe(true);
    expect(verifyStandard(secret, headers, body)).toBe(true);
    expect(verifyTandem("another", headers, body)).toBe(false);
    expect(verifyStandard("another", headers, body)).toBe(false);
    expect(verifyTandem(secret, headers, `${body} `)).toBe(false);
    expect(verifyStandard(secret, headers, `${body} `)).toBe(false);
  });

  it("carries both live secrets during a rotation, newest first", () => {
    const secrets = ["newest", whsec];
    const headers = signatureHeaders({ secrets, deliveryId: "bmwh_1", timestampMs: Date.now(), body });
    for (const secret of secrets) {
      expect(verifyTandem(secret, headers, body)).toBe(true);
      expect(verifyStandard(secret, headers, body)).toBe(true);
    }
    expect(headers["x-tandem-signature"]).toMatch(/^t=\d+,v1=[0-9a-f]{64},v1=[0-9a-f]{64}$/);
    expect(headers["webhook-signature"]?.split(" ")).toHaveLength(2);
    const alone = signatureHeaders({
      secrets: ["newest"],
      deliveryId: "bmwh_1",
      timestampMs: Date.now(),
      body,
    });
    expect(headers["x-tandem-signature"]?.split(",")[1]).toMatch(/^v1=/);
    expect(verifyTandem("newest", alone, body)).toBe(true);
  });
});

describe("isUsableSecret", () => {
  it.each([
    ["plain", true],
    ["  ", false],
    [whsec, true],
    ["whsec_", false],
    ["whsec_not base64", false],
    ["whsec_abc", false],
  ])("%j is %j", (secret, expected) => expect(isUsableSecret(secret)).toBe(expected));
});
