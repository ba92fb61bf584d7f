import { describe, expect, it } from "vitest";
import {
  sampleDestination,
  sampleEnvelope,
  samplePayloadSubject,
  samplePublishRequest,
} from "@/e2e/fakes/sample-payload";
import type { Destination } from "@/lib/domain/config";
import type { PayloadSubject } from "@/lib/domain/payload";
import type { AdapterContext } from "./destination";
import { hashParts } from "./hash-parts";
import { telemetryAdapter } from "./telemetry";

const context: AdapterContext = {
  fetch: () => Promise.reject(new Error("telemetry must not call anything")),
  resolveSecret: () => {
    throw new Error("telemetry has no secret");
  },
  privateNetworks: [],
  nowMs: 0,
};

function render(subject: PayloadSubject = samplePayloadSubject(), overrides: Partial<Destination> = {}) {
  const result = telemetryAdapter.render(sampleDestination({ kind: "telemetry", ...overrides }), subject);
  if (!result.ok) throw new Error(result.reason.message);
  return result.payload;
}

describe("the path", () => {
  const readiness = (overrides: Partial<Destination>) =>
    telemetryAdapter
      .readiness(sampleDestination({ kind: "telemetry", ...overrides }), context)
      .map((r) => r.code);

  it.each<[Partial<Destination>, string]>([
    [{}, "incident-monitor/telemetry"],
    [{ telemetryPath: "shop/errors.jsonl" }, "shop/errors.jsonl"],
    [{ telemetryPath: "./shop//errors/" }, "shop/errors"],
    [{ telemetryPath: "a..b/c.." }, "a..b/c.."],
    [{ config: { telemetry_path: "from-config" } }, "from-config"],
    [{ config: { path: "from-path" } }, "from-path"],
    [{ telemetryPath: "own", config: { telemetry_path: "from-config" } }, "own"],
  ])("%o files under %s", (overrides, path) => {
    expect(readiness(overrides)).toEqual([]);
    expect(render(undefined, overrides).targetRef).toBe(`telemetry:${path}`);
  });

  it.each<[unknown, string]>([
    ["", "telemetry_path_blank"],
    ["   ", "telemetry_path_blank"],
    ["./", "telemetry_path_blank"],
    ["/var/log/x", "telemetry_path_absolute"],
    ["//server/share", "telemetry_path_absolute"],
    ["C:\\logs", "telemetry_path_absolute"],
    ["c:/logs", "telemetry_path_absolute"],
    ["\\\\server\\share", "telemetry_path_absolute"],
    ["~/logs", "telemetry_path_absolute"],
    ["file:///etc/passwd", "telemetry_path_absolute"],
    ["..", "telemetry_path_escapes"],
    ["../x", "telemetry_path_escapes"],
    ["a/../../x", "telemetry_path_escapes"],
    ["a/.. /x", "telemetry_path_escapes"],
    ["a\\..\\x", "telemetry_path_malformed"],
    ["a\u0000b", "telemetry_path_malformed"],
    ["a\nb", "telemetry_path_malformed"],
    ["a".repeat(241), "telemetry_path_malformed"],
    [7, "telemetry_path_malformed"],
  ])("%j is refused as %s at every step", async (path, code) => {
    const destination = sampleDestination({ kind: "telemetry", telemetryPath: path as string });
    expect(readiness({ telemetryPath: path as string })).toEqual([code]);
    expect(telemetryAdapter.render(destination, samplePayloadSubject())).toMatchObject({ reason: { code } });
    expect(telemetryAdapter.renderTest(destination)).toMatchObject({ reason: { code } });
    const request = samplePublishRequest(render(), "{}");
    expect(await telemetryAdapter.publish(destination, request, context)).toMatchObject({ reason: { code } });
  });
});

describe("the record", () => {
  it("has an id of what it is about, not of when", () => {
    const id = render().content.record_id;
    const expected = hashParts(
      "dest-telemetry",
      "telemetry",
      "telemetry:incident-monitor/telemetry",
      "acme/shop",
      "fp-checkout-timeout",
      "a".repeat(64),
    );
    expect(id).toBe(`bmtel_${expected.slice(0, 24)}`);
    expect(render().content.record_id).toBe(id);
    expect(render(samplePayloadSubject({ draft: { fingerprint: "other" } })).content.record_id).not.toBe(id);
    expect(render(undefined, { telemetryPath: "other" }).content.record_id).not.toBe(id);
  });

  it("is bounded, and says which profiles govern it", () => {
    const { content } = render(
      samplePayloadSubject({
        draft: {
          title: "t".repeat(1_000),
          excerpt: Array.from({ length: 50 }, () => "line 🔥 ".repeat(100)),
          evidenceRefs: Array.from({ length: 60 }, () => "r".repeat(900)),
        },
      }),
    );
    expect((content.title as string).length).toBe(240);
    expect((content.excerpt as string).length).toBeLessThanOrEqual(400);
    expect(content.evidence_refs).toHaveLength(20);
    expect((content.evidence_refs as string[])[0]?.length).toBe(500);
    expect(content).toMatchObject({
      redaction_profile: "incident_monitor_local_default",
      retention_profile: "incident_monitor_destination_receipt",
    });
    expect(content).not.toHaveProperty("detail");
    expect(content).not.toHaveProperty("quality_gate");
    expect(render(undefined, { config: { retention_profile: "short" } }).content.retention_profile).toBe(
      "short",
    );
  });

  it("travels in the outcome with its receipt; nothing is called", async () => {
    const payload = render();
    const body = telemetryAdapter.seal(payload, sampleEnvelope);
    const destination = sampleDestination({ kind: "telemetry" });
    const outcome = await telemetryAdapter.publish(destination, samplePublishRequest(payload, body), context);
    expect(outcome).toMatchObject({
      outcome: "published",
      externalId: payload.content.record_id,
      receipt: {
        provider: "incident_monitor_telemetry",
        operation: "record_telemetry",
        status: "posted",
        record_id: payload.content.record_id,
        telemetry_path: "incident-monitor/telemetry",
        idempotency_key: sampleEnvelope.idempotencyKey,
        fingerprint: "fp-checkout-timeout",
        title: "Checkout times out",
      },
      localRecord: {
        kind: "telemetry",
        recordId: payload.content.record_id,
        path: "incident-monitor/telemetry",
        record: { draft_id: payload.content.draft_id, delivery_id: sampleEnvelope.deliveryId },
      },
    });
    expect(body).not.toContain("\n");
  });

  it("is refused when the path changed after it was rendered, or the body is no record", async () => {
    const payload = render();
    const body = telemetryAdapter.seal(payload, sampleEnvelope);
    const moved = sampleDestination({ kind: "telemetry", telemetryPath: "elsewhere" });
    const request = samplePublishRequest(payload, body);
    expect(await telemetryAdapter.publish(moved, request, context)).toMatchObject({
      outcome: "rejected",
      reason: { code: "telemetry_path_changed" },
    });
    const destination = sampleDestination({ kind: "telemetry" });
    for (const bad of ["", "[]", "null", "7"]) {
      const outcome = await telemetryAdapter.publish(destination, { ...request, body: bad }, context);
      expect(outcome).toMatchObject({ outcome: "rejected", reason: { code: "payload_malformed" } });
    }
  });

  it("of a test is marked, and each test has its own id", async () => {
    const destination = sampleDestination({ kind: "telemetry" });
    const rendered = telemetryAdapter.renderTest(destination);
    if (!rendered.ok) throw new Error("unready");
    const body = telemetryAdapter.seal(rendered.payload, sampleEnvelope);
    const send = (deliveryId: string) =>
      telemetryAdapter.publish(
        destination,
        samplePublishRequest(rendered.payload, body, { test: true, deliveryId }),
        context,
      );
    const [one, two] = [await send("bmwh_1"), await send("bmwh_2")];
    expect(one).toMatchObject({ receipt: { test: true }, localRecord: { record: { test: true } } });
    expect(one.outcome === "published" && one.externalId).toMatch(/^bmtel_[0-9a-f]{24}$/);
    expect(
      one.outcome === "published" && two.outcome === "published" && one.externalId !== two.externalId,
    ).toBe(true);
  });
});
