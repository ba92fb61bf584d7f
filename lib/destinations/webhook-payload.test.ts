import { describe, expect, it } from "vitest";
import { sampleDestination, sampleEnvelope, samplePayloadSubject } from "@/e2e/fakes/sample-payload";
import type { Destination } from "@/lib/domain/config";
import type { PayloadSubject, RenderedPayload } from "@/lib/domain/payload";
import { webhookAdapter } from "./webhook";
import { readWebhookConfig, webhookTargetRef } from "./webhook-config";

function destination(overrides: Partial<Destination> = {}): Destination {
  return sampleDestination({ kind: "webhook", webhookUrl: "https://hooks.example.com/x", ...overrides });
}

function render(
  subject: PayloadSubject = samplePayloadSubject(),
  overrides: Partial<Destination> = {},
): RenderedPayload {
  const result = webhookAdapter.render(destination(overrides), subject);
  if (!result.ok) throw new Error(result.reason.message);
  return result.payload;
}

describe("bounds", () => {
  it.each<[Record<string, unknown>, number, number, number]>([
    [{}, 5_000, 65_536, 4_096],
    [{ timeout_ms: 1, payload_byte_limit: 1, response_byte_limit: 1 }, 250, 1_024, 512],
    [{ timeout_ms: 1e9, max_payload_bytes: 1e9, max_response_bytes: 1e9 }, 15_000, 262_144, 16_384],
    [{ timeout_ms: "soon", payload_byte_limit: Number.NaN, response_byte_limit: null }, 5_000, 65_536, 4_096],
    [{ payload_byte_limit: 2_000, max_payload_bytes: 3_000 }, 5_000, 2_000, 4_096],
  ])("%o", (config, timeoutMs, payloadByteLimit, responseByteLimit) => {
    expect(readWebhookConfig(destination({ config }))).toMatchObject({
      timeoutMs,
      payloadByteLimit,
      responseByteLimit,
    });
  });

  it("hold for every field of a hostile draft, on character boundaries", () => {
    const long = "🔥".repeat(10_000);
    const many = Array.from({ length: 500 }, () => long);
    const subject = samplePayloadSubject({
      draft: {
        title: long,
        detail: long,
        evidenceRefs: many,
        excerpt: many,
        routeTags: many,
        externalCorrelationIds: many,
        attributes: Object.fromEntries(many.map((text, index) => [`k${index}`, text])),
        qualityGate: { notes: many },
      },
      issueDraft: { rendered_body: long, api_key: "k-123", logs: many },
    });
    const payload = render(subject, { config: { payload_byte_limit: 262_144 } });
    const draft = payload.content.draft as { detail: string; evidence_refs: string[] };
    expect(Buffer.byteLength(webhookAdapter.seal(payload, sampleEnvelope))).toBeLessThanOrEqual(262_144);
    expect(draft.evidence_refs).toHaveLength(20);
    expect(JSON.stringify(payload.content)).not.toContain("k-123");
    expect(JSON.stringify(payload.content)).not.toContain("\\ud83d");
    expect((payload.content.issue_draft as { logs: string[] }).logs).toHaveLength(20);
  });

  it("cut the detail at 4,000 characters and the issue draft's lists at 80", () => {
    const subject = samplePayloadSubject({
      draft: { detail: "🔥".repeat(10_000) },
      issueDraft: { logs: Array.from({ length: 200 }, () => "row") },
    });
    const { draft, issue_draft } = render(subject).content as {
      draft: { detail: string };
      issue_draft: unknown;
    };
    expect(draft.detail.length).toBeLessThanOrEqual(4_000);
    expect(draft.detail.endsWith("🔥...<truncated>")).toBe(true);
    expect((issue_draft as { logs: string[] }).logs).toHaveLength(80);
  });

  it("shrink the excerpt first, then the detail, and fail with a reason after that", () => {
    const subject = samplePayloadSubject({
      draft: { detail: "d".repeat(4_000), excerpt: Array.from({ length: 20 }, () => "e".repeat(500)) },
    });
    const limited = (limit: number) => render(subject, { config: { payload_byte_limit: limit } });
    const shape = (payload: RenderedPayload) => {
      const draft = payload.content.draft as { detail: string; excerpt: string[] };
      return [draft.excerpt.length, draft.detail.length];
    };
    expect(shape(limited(65_536))).toEqual([20, 4_000]);
    expect(shape(limited(9_000))).toEqual([5, 4_000]);
    expect(shape(limited(7_000))).toEqual([0, 4_000]);
    expect(shape(limited(4_500))).toEqual([0, 1_500]);
    expect(shape(limited(3_000))).toEqual([0, 300]);
    const result = webhookAdapter.render(destination({ config: { payload_byte_limit: 1_024 } }), subject);
    expect(result).toMatchObject({ ok: false, reason: { code: "payload_too_large" } });
    for (const limit of [9_000, 7_000, 4_500, 3_000]) {
      expect(Buffer.byteLength(webhookAdapter.seal(limited(limit), sampleEnvelope))).toBeLessThanOrEqual(
        limit,
      );
    }
  });

  it("render null for what is missing", () => {
    const subject = samplePayloadSubject({
      draft: { qualityGate: undefined, triageRunId: undefined, component: undefined },
      issueDraft: null,
      route: { routeMatchReason: "default destination" },
    });
    expect(render(subject).content).toMatchObject({
      destination: { route_id: null },
      draft: { quality_gate: null, triage_run_id: null, component: null },
      issue_draft: null,
    });
  });
});

it.each([
  ["https://hooks.example.com/a/b?token=t#f", "https://hooks.example.com/a/b"],
  ["https://user:pass@hooks.example.com:8443/a", "https://hooks.example.com:8443/a"],
  ["https://[::1]:9/a", "https://[::1]:9/a"],
  ["nonsense", null],
  ["data:x", null],
])("the target of %s is %s", (url, expected) => expect(webhookTargetRef(url)).toBe(expected));

it("a target is at most 500 characters, and an unusable URL is not rendered", () => {
  expect(webhookTargetRef(`https://hooks.example.com/${"a".repeat(900)}`)?.length).toBe(500);
  const bad = destination({ webhookUrl: "nonsense" });
  expect(webhookAdapter.render(bad, samplePayloadSubject())).toMatchObject({ ok: false });
  expect(webhookAdapter.renderTest(bad)).toMatchObject({ ok: false });
});
