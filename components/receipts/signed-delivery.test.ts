import { describe, expect, it } from "vitest";
import { compactBody, deliveryCommand, eventOf, shellQuote } from "./signed-delivery";

const body = '{"event":"incident_monitor.incident","title":"it\'s ✓"}';

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
