import { changeEventSchema } from "@/lib/contracts/event";
import { trackStream } from "@/lib/metrics";
import type { Context } from "@/lib/pipeline/context";
import { subscribeChanges } from "@/lib/pipeline/settings/subscribe-changes";
import { sessionToWire } from "@/lib/wire/session";
import { EdgeProblem } from "../problem";
import { route } from "../route";

/** Comments keep proxies from closing a quiet stream and tell us when the reader is gone. */
const heartbeatMs = 20_000;
/** A stream ends by itself so that a revoked session is noticed; the browser comes back with its cookie. */
const streamMaxMs = 10 * 60_000;

export const eventRoutes = [
  route({
    method: "get",
    path: "/incident-monitor/events",
    summary: "Server-sent events: what changed, by topic and id, as far as the caller may see it",
    auth: { kind: "actor", permission: "read" },
    response: changeEventSchema,
    contentType: "text/event-stream",
    run: async ({ ctx, request }) => {
      const leave = enter(ctx);
      const stream = await openStream(ctx, request.signal, leave).catch((error: unknown) => {
        leave();
        throw error;
      });
      return new Response(stream, {
        headers: {
          "content-type": "text/event-stream; charset=utf-8",
          "cache-control": "no-store",
          "x-accel-buffering": "no",
        },
      });
    },
  }),
];

/** Streams open at once: enough for everybody's tabs, not for one caller to use up the server. */
const streamsMax = { caller: 24, process: 1_000 };
const openStreams = new Map<string, number>();

/** Counts the caller's stream in; the answer counts it out, once. @throws EdgeProblem 429 */
function enter(ctx: Context): () => void {
  const { kind, id } = sessionToWire(ctx.actor).actor;
  const caller = `${kind}:${id}`;
  const own = openStreams.get(caller) ?? 0;
  const all = [...openStreams.values()].reduce((sum, each) => sum + each, 0);
  if (own >= streamsMax.caller || all >= streamsMax.process) {
    const headers = { "retry-after": "30" };
    throw new EdgeProblem(
      429,
      "RATE_LIMITED",
      "Too many event streams are open",
      { retryable: true },
      headers,
    );
  }
  openStreams.set(caller, own + 1);
  let inside = true;
  return () => {
    if (!inside) return;
    inside = false;
    const left = (openStreams.get(caller) ?? 1) - 1;
    if (left > 0) openStreams.set(caller, left);
    else openStreams.delete(caller);
  };
}

async function openStream(
  ctx: Context,
  signal: AbortSignal,
  leave: () => void,
): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  const { stopping } = ctx.services;
  const onStop = () => close();
  let close = () => {};
  let push: (text: string) => void = () => {};
  const unsubscribe = await subscribeChanges(ctx, (change) => {
    if (change === "gap") return push("event: gap\ndata: {}\n\n");
    if (change === "ended") {
      // Whoever still has access comes back at once, as what they are now.
      push("event: ended\ndata: {}\n\n");
      return close();
    }
    const { topic, id, projectId } = change;
    push(
      `event: change\ndata: ${JSON.stringify({ topic, id, ...(projectId && { project_id: projectId }) })}\n\n`,
    );
  });
  return new ReadableStream<Uint8Array>({
    start(controller) {
      trackStream(1);
      let open = true;
      push = (text) => {
        if (!open) return;
        // A reader that does not keep up is let go; it reconnects and refreshes.
        if ((controller.desiredSize ?? 0) < -500) return close();
        controller.enqueue(encoder.encode(text));
      };
      const heartbeat = setInterval(() => push(": still here\n\n"), heartbeatMs);
      const end = setTimeout(() => close(), streamMaxMs);
      close = () => {
        if (!open) return;
        open = false;
        leave();
        trackStream(-1);
        clearInterval(heartbeat);
        clearTimeout(end);
        unsubscribe();
        stopping?.removeEventListener("abort", onStop);
        try {
          controller.close();
        } catch {
          // The reader cancelled first.
        }
      };
      signal.addEventListener("abort", () => close(), { once: true });
      stopping?.addEventListener("abort", onStop, { once: true });
      push("retry: 2000\n: open\n\n");
    },
    cancel() {
      close();
    },
  });
}
