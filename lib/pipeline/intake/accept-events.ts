import { loadConfig } from "@/lib/db/config-store";
import { sha256Hex } from "@/lib/digest";
import { type Actor, actorKey } from "@/lib/domain/actor";
import { canonicalJson } from "@/lib/domain/canonical-json";
import type { Reason } from "@/lib/domain/reason";
import { decideEvent, type RuntimeEvent } from "@/lib/domain/runtime-event";
import { reportOfEvent } from "@/lib/domain/runtime-event-report";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { acceptReports } from "./accept-reports";
import { joinConcreteFailures } from "./join-concrete-failure";
import type { IncomingReport } from "./prepare-report";
import { redactEvents } from "./redact-events";
import type { ReportAnswer } from "./report-answer";
import { unboundPlace } from "./report-origin";

export type IncomingEvent = { event: RuntimeEvent; idempotency: IncomingReport["idempotency"] };
export type AcceptEventsInput = { events: readonly IncomingEvent[] };

export type EventAnswer = { taken: false; reason: Reason } | { taken: true; answer: ReportAnswer };

/**
 * Takes a runtime's events in, in the order given, at most 500 (D-36). Those that say that something failed for good
 * become reports and go the way of every report: redacted, identified, judged, drafted, counted in one statement. The
 * others are answered with the reason why not, and nothing of them is stored.
 *
 * @throws AppError forbidden for anyone but an admin or service token.
 */
export async function acceptEvents(ctx: Context, input: AcceptEventsInput): Promise<EventAnswer[]> {
  await authorize(ctx, "ingestEvents", { kind: "intake", id: "events", projectId: null });
  const answers = new Array<EventAnswer>(input.events.length);
  const considered: Array<IncomingEvent & { index: number }> = [];
  input.events.forEach((incoming, index) => {
    const decision = decideEvent(incoming.event);
    if (decision.considered) considered.push({ ...incoming, index });
    else answers[index] = { taken: false, reason: decision.reason };
  });
  if (considered.length === 0) return answers;

  const config = await loadConfig(ctx.db);
  const place = unboundPlace(config);
  const redacted = await redactEvents(
    considered.map((each) => each.event),
    config.safetyDefaults,
  );
  const reports = await joinConcreteFailures(
    ctx.db,
    redacted.map(({ event }) => reportOfEvent(event, place)),
    { ...place, nowMs: ctx.nowMs },
  );
  const taken = await acceptReports(ctx, {
    reports: considered.map(({ event, idempotency }, position) => {
      const report = reports[position];
      if (!report) throw new Error("redaction lost an event");
      return {
        path: { kind: "unbound", provenance: "runtime_event" },
        report,
        idempotency,
        originKey: originKeyOf(event, ctx.actor),
        redactions: redacted[position]?.redactions,
      };
    }),
  });
  considered.forEach(({ index }, position) => {
    const answer = taken[position];
    if (!answer) throw new Error("intake lost an answer");
    answers[index] = { taken: true, answer };
  });
  return answers;
}

/**
 * The event's name in the words of its sender: two runtimes may both have an event 1. Hashed, since a name is not
 * redacted and any string is one.
 */
function originKeyOf(event: RuntimeEvent, actor: Actor): string | null {
  return event.id === null ? null : `event:${sha256Hex(canonicalJson([actorKey(actor), event.id]))}`;
}
