import {
  type BacktestLineWire,
  backtestLineSchema,
  backtestQuerySchema,
  backtestRequestSchema,
} from "@/lib/contracts/backtest";
import { logger } from "@/lib/logger";
import { type Backtest, backtestRoutes } from "@/lib/pipeline/routing/backtest-routes";
import { backtestFromWire, backtestToWire } from "@/lib/wire/backtest";
import { EdgeProblem, type RouteErrors } from "../problem";
import { route } from "../route";

const errors: RouteErrors = { config_invalid: [400, "INCIDENT_MONITOR_CONFIG_INVALID"] };

export const backtestApiRoutes = [
  route({
    method: "post",
    path: "/incident-monitor/route-backtest",
    summary:
      "Where the incidents of the last days would have gone under a changed configuration, beside the present one. Answers NDJSON: a line for every step, the result last; `progress=false` answers the result alone, as JSON. Readiness is not asked. Never writes; ends when the caller goes.",
    auth: { kind: "actor", permission: "configure" },
    body: backtestRequestSchema,
    redacts: "verb",
    query: backtestQuerySchema,
    response: backtestLineSchema,
    contentType: "application/x-ndjson",
    alsoJson: true,
    errors,
    run: async ({ ctx, body, query, request, requestId }) => {
      const backtest = await backtestRoutes(ctx, backtestFromWire(body, ctx.nowMs));
      if (query.progress === "false") return { body: await resultOf(backtest, request.signal) };
      const headers = { "content-type": "application/x-ndjson; charset=utf-8", "x-accel-buffering": "no" };
      return new Response(linesOf(backtest, request.signal, requestId), { headers });
    },
  }),
];

/** @throws EdgeProblem 503 when the server is told to stop meanwhile; a caller that went reads no answer */
async function resultOf(backtest: Backtest, signal: AbortSignal): Promise<BacktestLineWire> {
  const steps = backtest.run(signal);
  for (;;) {
    const step = await steps.next();
    if (!step.done) continue;
    if (step.value) return backtestToWire(step.value);
    throw stopped();
  }
}

const stopped = () =>
  new EdgeProblem(503, "STOPPING", "The server is stopping; try again", { retryable: true });

/** One step is computed for each line that is read: a reader that is slow or gone costs nothing. */
function linesOf(backtest: Backtest, signal: AbortSignal, requestId: string): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const left = new AbortController();
  const steps = backtest.run(AbortSignal.any([signal, left.signal]));
  const line = (value: BacktestLineWire) => encoder.encode(`${JSON.stringify(value)}\n`);
  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(line({ type: "progress", done: 0, total: backtest.total }));
    },
    async pull(controller) {
      try {
        const step = await steps.next();
        if (!step.done) return controller.enqueue(line({ type: "progress", ...step.value }));
        controller.enqueue(line(step.value ? backtestToWire(step.value) : failure(stopped())));
      } catch (error) {
        logger.error({ err: error, requestId }, "backtest failed");
        const words = "Something went wrong on our side; quote the request id";
        controller.enqueue(line({ type: "error", error: words, code: "INTERNAL" }));
      }
      controller.close();
    },
    cancel() {
      left.abort();
    },
  });
}

const failure = ({ body, message }: EdgeProblem): BacktestLineWire => ({
  type: "error",
  error: message,
  code: String(body.code),
});
