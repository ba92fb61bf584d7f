import { changeEventSchema } from "@/lib/contracts/event";
import { trackStream } from "@/lib/metrics";
import type { Context } from "@/lib/pipeline/context";
import { subscribeChanges } from "@/lib/pipeline/settings/subscribe-changes";
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
      const stream = await openStream(ctx, request.signal);
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

async function openStream(ctx: Context, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  const { stopping } = ctx.services;
  const onStop = () => close();
  let close = () => {};
  let push: (text: string) => void = () => {};
  const unsubscribe = await subscribeChanges(ctx, (change) => {
    if (change === "gap") return push("event: gap\ndata: {}\n\n");
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
