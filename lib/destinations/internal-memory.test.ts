import { describe, expect, it } from "vitest";
import {
  sampleDestination,
  sampleEnvelope,
  samplePayloadSubject,
  samplePublishRequest,
} from "@/e2e/fakes/sample-payload";
import type { Destination } from "@/lib/domain/config";
import { internalMemoryAdapter } from "./internal-memory";

const destinationOf = (fields: Partial<Destination> = {}) =>
  sampleDestination({ kind: "internal_memory", ...fields });

function payloadOf(destination = destinationOf(), subject = samplePayloadSubject()) {
  const rendered = internalMemoryAdapter.render(destination, subject);
  if (!rendered.ok) throw new Error(rendered.reason.message);
  return rendered.payload;
}

async function publish(destination = destinationOf(), frozen = payloadOf(destination), fields = {}) {
  const body = internalMemoryAdapter.seal(frozen, sampleEnvelope);
  const outcome = await internalMemoryAdapter.publish(
    destination,
    samplePublishRequest(frozen, body, fields),
    {
      fetch: () => Promise.reject(new Error("nothing is called")),
      resolveSecret: () => ({ ok: true, values: [] }),
      privateNetworks: [],
      nowMs: 0,
    },
  );
  return outcome;
}

describe("a category", () => {
  it.each([
    [undefined, "failure_pattern"],
    ["", "failure_pattern"],
    ["Policy-Gap", "policy_gap"],
    [" safety risk ", "safety_risk"],
    ["recurrence", "recurrence"],
  ])("%j is %s", (memoryCategory, category) => {
    const destination = destinationOf({ memoryCategory });
    expect(internalMemoryAdapter.readiness(destination, {} as never)).toEqual([]);
    expect(payloadOf(destination).targetRef).toBe(`memory:${category}`);
  });

  it("that there is not blocks, and says which there are", () => {
    const [why] = internalMemoryAdapter.readiness(destinationOf({ memoryCategory: "gossip" }), {} as never);
    expect(why).toMatchObject({ code: "memory_category_unsupported" });
    expect(why?.message).toContain("policy_gap");
  });

  it("changed after the approval is not refiled silently", async () => {
    const frozen = payloadOf();
    const outcome = await publish(destinationOf({ memoryCategory: "recurrence" }), frozen);
    expect(outcome).toMatchObject({ outcome: "rejected", reason: { code: "memory_category_changed" } });
  });
});

describe("a summary", () => {
  it("holds what tells the failure apart, within 800 bytes with its count", async () => {
    const subject = samplePayloadSubject({
      draft: { title: "ü".repeat(2_000), fingerprint: "f".repeat(400) },
    });
    const outcome = await publish(destinationOf(), payloadOf(destinationOf(), subject), {
      learned: { ...learned, recurrenceCount: 123_456_789 },
    });
    if (outcome.outcome !== "published" || outcome.localRecord?.kind !== "memory")
      throw new Error("not kept");
    const { summary } = outcome.localRecord;
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(800);
    expect(summary).toMatch(/^failure_pattern: ü+.* recurrence_count=123456789$/);
    expect(summary).not.toContain("\ufffd");
  });

  it("goes under an id that follows from the content: the same again is the same record", async () => {
    const [first, again] = await Promise.all([publish(), publish()]);
    expect(first).toEqual(again);
    const other = payloadOf(
      destinationOf(),
      samplePayloadSubject({ draft: { evidenceDigest: "c".repeat(64) } }),
    );
    expect(other.content.record_id).not.toBe(payloadOf().content.record_id);
  });

  it("keeps counts and times as facts, and no word of the detail", async () => {
    const outcome = await publish(destinationOf(), payloadOf(), { learned });
    if (outcome.outcome !== "published") throw new Error("not kept");
    expect(outcome.localRecord).toMatchObject({
      facts: { recurrence_count: 7, denied_count: 1, merged_count: 2 },
    });
    expect(JSON.stringify(outcome)).not.toContain("answered 504");
  });
});

const learned = {
  ...{ recurrenceCount: 7, firstSeenAtMs: 1, lastSeenAtMs: 9, activeDayCount: 3, mergedCount: 2 },
  ...{ similarIncidentCount: 4, deniedCount: 1, voidedApprovalCount: 0, blockedDeliveryCount: 0 },
  ...{ failedDeliveryCount: 0, regressionCount: 0 },
};
