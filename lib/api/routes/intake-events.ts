import {
  eventCountMax,
  type RuntimeEventAnswerWire,
  runtimeEventSchema,
  runtimeEventsResponseSchema,
  runtimeEventsSchema,
} from "@/lib/contracts/runtime-event";
import { countReport } from "@/lib/metrics";
import type { Context } from "@/lib/pipeline/context";
import { acceptEvents, type EventAnswer, type IncomingEvent } from "@/lib/pipeline/intake/accept-events";
import {
  ignoredToWire,
  runtimeEventFromWire,
  runtimeEventsResponse,
  takenToWire,
} from "@/lib/wire/runtime-event";
import { idempotencyOf } from "../idempotency";
import { EdgeProblem, type RouteErrors, renderProblem } from "../problem";
import { readJsonBody, refuseLarge } from "../read-body";
import { batchLimitBytes, reportLimitBytes, route } from "../route";
import { parse } from "../serve-route";

const eventErrors: RouteErrors = {
  idempotency_key_reused: [409, "INCIDENT_MONITOR_IDEMPOTENCY_KEY_REUSED"],
};

/**
 * One runtime event, a list, or `{events: [...]}`, answered one by one (D-36). An event sent alone is answered with its
 * own status where it is not taken in; of a list each has its status in `results`. With an Idempotency-Key the event at
 * each place of the list has that key: the same request again is the same answer.
 */
export const eventIntakeRoute = route({
  method: "post",
  path: "/incident-monitor/intake/events",
  summary: "Up to 500 events of an agent runtime; the failures among them become intake",
  auth: { kind: "actor", permission: "ingestEvents" },
  rawBody: true,
  body: runtimeEventsSchema,
  bodyLimitBytes: batchLimitBytes,
  response: runtimeEventsResponseSchema,
  errors: eventErrors,
  run: async ({ ctx, request, requestId }) => {
    const { alone, items } = itemsOf(await readJsonBody(request, batchLimitBytes));
    const results = new Array<RuntimeEventAnswerWire>(items.length);
    const incoming: Array<IncomingEvent & { index: number }> = [];
    let malformed = 0;
    items.forEach((item, index) => {
      try {
        incoming.push({ index, ...incomingOf(ctx, request, item, alone ? null : index) });
      } catch (error) {
        if (alone) throw error;
        malformed += 1;
        results[index] = refused(index, error, requestId);
      }
    });
    const answers = await acceptEvents(ctx, { events: incoming });
    incoming.forEach(({ index }, position) => {
      const answer = answers[position];
      if (alone && answer?.taken && !answer.answer.ok) throw answer.answer.error;
      results[index] = answerOf(index, answer, requestId);
    });
    const [first] = results;
    if (alone && first?.decision === "blocked") throw blockedAlone(first);
    return { body: runtimeEventsResponse(results, malformed) };
  },
});

/** @throws EdgeProblem 400 without an event, 413 with too many, 422 for what is neither an event nor a list. */
function itemsOf(body: unknown): { alone: boolean; items: unknown[] } {
  const listed = typeof body === "object" && body !== null && "events" in body ? body.events : body;
  if (listed !== body && !Array.isArray(listed)) {
    throw new EdgeProblem(422, "VALIDATION_FAILED", "events: expected a list of events", { field: "events" });
  }
  const alone = !Array.isArray(listed);
  const items = alone ? [listed] : listed;
  const empty = items.length === 0 || (alone && isEmpty(listed));
  if (empty)
    throw new EdgeProblem(400, "INCIDENT_MONITOR_EVENT_REQUIRED", "No event was sent", { field: "type" });
  if (items.length > eventCountMax) {
    throw new EdgeProblem(413, "PAYLOAD_TOO_LARGE", `At most ${eventCountMax} events in one request`, {
      limit: eventCountMax,
    });
  }
  return { alone, items };
}

const isEmpty = (body: unknown) =>
  typeof body === "object" && body !== null && Object.keys(body).length === 0;

function incomingOf(ctx: Context, request: Request, item: unknown, place: number | null): IncomingEvent {
  const wire = parse(runtimeEventSchema, item, 422);
  refuseLarge(JSON.stringify(item), reportLimitBytes, "An event");
  const idempotency = idempotencyOf(request, ctx.actor, item);
  return {
    event: runtimeEventFromWire(wire),
    idempotency:
      idempotency && place !== null ? { ...idempotency, key: `${idempotency.key}/${place}` } : idempotency,
  };
}

function answerOf(index: number, answer: EventAnswer | undefined, requestId: string): RuntimeEventAnswerWire {
  if (!answer) return refused(index, new Error("no answer"), requestId);
  if (!answer.taken) return ignoredToWire(index, answer.reason);
  if (!answer.answer.ok) return refused(index, answer.answer.error, requestId);
  const { accepted } = answer.answer;
  if (!accepted.alreadyCounted) countReport(accepted.outcome);
  return takenToWire(index, accepted);
}

function refused(index: number, error: unknown, requestId: string): RuntimeEventAnswerWire {
  countReport("refused");
  const { status, body } = renderProblem(error, requestId, eventErrors);
  return {
    index,
    status,
    decision: "refused",
    code: body.code,
    error: body.error,
    ...(body.field && { field: body.field }),
  };
}

/** A blocked event is stored and refused, as a blocked report is. */
function blockedAlone(answer: RuntimeEventAnswerWire): EdgeProblem {
  return new EdgeProblem(
    400,
    "INCIDENT_MONITOR_REPORT_INVALID",
    answer.error ?? "The event was not drafted",
    {
      decision: answer.decision,
      incident_id: answer.incident_id,
      quality_gate: answer.quality_gate,
    },
  );
}
