import { announceChange } from "@/lib/db/change-feed";
import { loadConfig } from "@/lib/db/config-store";
import { recordDestinationTest } from "@/lib/db/destination-health-store";
import { inTransaction } from "@/lib/db/transaction";
import { adapterFor } from "@/lib/destinations/registry";
import { sha256Hex } from "@/lib/digest";
import { canonicalJson } from "@/lib/domain/canonical-json";
import { type Destination, effectiveDestinations } from "@/lib/domain/config";
import type { PublishOutcome } from "@/lib/domain/delivery";
import { type DestinationTest, describeTest, describeUnready } from "@/lib/domain/destination-test";
import type { McpServers } from "@/lib/domain/mcp";
import type { RenderedPayload } from "@/lib/domain/payload";
import type { Reason } from "@/lib/domain/reason";
import { truncate } from "@/lib/domain/text";
import { newId } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { readMcpServersFor } from "../mcp/read-mcp-servers";
import { recordAudit } from "../record-audit";
import { readinessOf } from "./readiness";
import { safeExcerpt } from "./response-excerpt";

export type TestDestinationInput = { destinationId: string };

const excerptMax = 2_000;

/**
 * Sends one harmless event marked as a test, under the rules of a delivery: what is not ready is not called. Health and
 * audit are written after the call, together; of the event itself nothing is kept, and local kinds record nothing.
 *
 * @throws AppError forbidden, not_found `destination_not_found`
 */
export async function testDestination(ctx: Context, input: TestDestinationInput): Promise<DestinationTest> {
  const { destinationId } = input;
  await authorize(ctx, "testDestination", { kind: "destination", id: destinationId });
  const config = await loadConfig(ctx.db);
  const destination = effectiveDestinations(config).find((row) => row.destinationId === destinationId);
  if (!destination) {
    throw new AppError("not_found", "destination_not_found", "No destination has this id", {
      destination_id: destinationId,
    });
  }
  const mcpServers = await readMcpServersFor(ctx, [destination]);
  // An automatic stop is left out on purpose: a test that goes through is what lifts it.
  const { missing } = readinessOf(ctx, destination, config, undefined, mcpServers);
  const rendered = adapterFor(destination.kind).renderTest(destination, mcpServers);
  const obstacles = missing.length > 0 || rendered.ok ? missing : [rendered.reason];
  const tested =
    rendered.ok && obstacles.length === 0
      ? await sendTest(ctx, destination, rendered.payload, mcpServers)
      : notReady(destinationId, obstacles);
  await recordTest(ctx, destination, tested);
  return tested.result;
}

type Tested = { result: DestinationTest; reason: string | null };

function notReady(destinationId: string, missing: readonly Reason[]): Tested {
  return {
    result: {
      destinationId,
      outcome: "not_ready",
      message: describeUnready(missing),
      statusCode: null,
      durationMs: 0,
      responseExcerpt: null,
    },
    reason: missing[0]?.code ?? null,
  };
}

async function sendTest(
  ctx: Context,
  destination: Destination,
  payload: RenderedPayload,
  mcpServers: McpServers,
): Promise<Tested> {
  const adapter = adapterFor(destination.kind);
  const deliveryId = newId.delivery();
  const idempotencyKey = sha256Hex(canonicalJson(["test", destination.destinationId, deliveryId]));
  const started = performance.now();
  const outcome = await adapter.publish(
    destination,
    {
      deliveryId,
      postId: newId.post(),
      idempotencyKey,
      kind: destination.kind,
      targetRef: payload.targetRef,
      operation: payload.operation,
      body: adapter.seal(payload, { deliveryId, idempotencyKey, createdAtMs: ctx.nowMs }),
      payloadDigest: sha256Hex(canonicalJson(payload.content)),
      attempt: 1,
      nowMs: ctx.nowMs,
      test: true,
    },
    { ...ctx.services, nowMs: ctx.nowMs, mcpServers },
  );
  return {
    result: {
      destinationId: destination.destinationId,
      outcome: outcome.outcome,
      message: describeTest(outcome),
      statusCode: outcome.exchange?.statusCode ?? null,
      durationMs: Math.round(performance.now() - started),
      responseExcerpt: excerptOf(outcome),
    },
    reason: outcome.outcome === "published" ? null : outcome.reason.code,
  };
}

function excerptOf(outcome: PublishOutcome): string | null {
  const excerpt = outcome.exchange?.responseExcerpt;
  if (!excerpt) return null;
  return truncate(safeExcerpt(excerpt), excerptMax);
}

async function recordTest(ctx: Context, destination: Destination, { result, reason }: Tested): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    await recordDestinationTest(tx, destination.destinationId, result.outcome, new Date(ctx.nowMs));
    // Readiness may have changed with it, which screens show beside the configuration.
    await announceChange(tx, { topic: "config", id: destination.destinationId });
    await recordAudit(tx, ctx, {
      action: "incident_monitor.destination.tested",
      outcome: result.outcome === "published" ? "done" : "failed",
      subject: { kind: "destination", id: destination.destinationId },
      detail: {
        kind: destination.kind,
        outcome: result.outcome,
        duration_ms: result.durationMs,
        ...(result.statusCode !== null && { status_code: result.statusCode }),
        ...(reason && { reason }),
      },
    });
  });
}
