import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { compactBody, deliveryCommand, eventOf, shellQuote, verifySnippets } from "./signed-delivery";

const secret = "a secret of the test";
const body = '{"event":"incident_monitor.incident","title":"it\'s ✓"}';
const sentAtMs = Date.now();
const sign = (key: string | Buffer, text: string, encoding: "hex" | "base64") =>
  createHmac("sha256", key).update(text).digest(encoding);
const headers = {
  "x-tandem-signature": `t=${sentAtMs},v1=${"0".repeat(64)},v1=${sign(secret, `${sentAtMs}.${body}`, "hex")}`,
  "webhook-id": "dlv_1",
  "webhook-timestamp": String(Math.floor(sentAtMs / 1000)),
  "webhook-signature": `v1,${sign(secret, `dlv_1.${Math.floor(sentAtMs / 1000)}.${body}`, "base64")}`,
};

function runNode(code: string, rawBody: string) {
  const given = `const request = { headers: ${JSON.stringify(headers)} }; const rawBody = Buffer.from(${JSON.stringify(rawBody)});`;
  execFileSync(process.execPath, ["--input-type=module", "-e", `${given}\n${code}`], {
    env: { ...process.env, WEBHOOK_SECRET: secret },
    stdio: "pipe",
  });
}

describe("the snippets on the receipt do what they say", () => {
  it("Node accepts the second of two signatures", () => {
    expect(() => runNode(verifySnippets.node.code, body)).not.toThrow();
  });
  it("Node refuses another body", () => {
    expect(() => runNode(verifySnippets.node.code, `${body} `)).toThrow(/bad signature/);
  });
  it("Standard Webhooks accepts and refuses", () => {
    const call = `verify(request.headers, rawBody, process.env.WEBHOOK_SECRET);`;
    expect(() => runNode(`${verifySnippets.standard.code}\n${call}`, body)).not.toThrow();
    expect(() => runNode(`${verifySnippets.standard.code}\n${call}`, `${body} `)).toThrow(/bad signature/);
  });
  it("none holds a secret", () => {
    for (const { code } of Object.values(verifySnippets)) expect(code).not.toMatch(/whsec_[A-Za-z0-9]{8}/);
  });
});

describe("as curl", () => {
  it("quotes for a shell", () => {
    expect(shellQuote("it's")).toBe("'it'\\''s'");
  });
  it("takes the white space off, keeps the order of keys", () => {
    expect(compactBody('{\n  "b": 1,\n  "a": { "c": "x y" }\n}')).toBe('{"b":1,"a":{"c":"x y"}}');
    expect(compactBody("not json")).toBe("not json");
  });
  it("reads the event from the payload", () => {
    expect(eventOf('{"event":"incident_monitor.test"}')).toBe("incident_monitor.test");
    expect(eventOf("[]")).toBe("incident_monitor.incident");
  });
  it("keeps the key and the delivery id, names the secret only as a variable", () => {
    const command = deliveryCommand({
      deliveryId: "dlv_1",
      idempotencyKey: "idk_1",
      event: "incident_monitor.incident",
      target: "https://hooks.example/x",
      body,
    });
    expect(command).toContain("'idempotency-key: idk_1'");
    expect(command).toContain('"$WEBHOOK_SECRET"');
    expect(command).toContain("it'\\''s");
  });
});
