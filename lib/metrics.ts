import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

type Metrics = {
  registry: Registry;
  requests: Counter<"method" | "route" | "status">;
  reports: Counter<"outcome">;
  attempts: Counter<"kind" | "outcome">;
  attemptSeconds: Histogram<"kind">;
  streams: Gauge;
};

const slot = Symbol.for("incident-monitor.metrics");
type Holder = { [slot]?: Metrics };

/** One registry a process, found by both bundles. Labels hold route templates and kinds, never ids or text. */
function metrics(): Metrics {
  const holder = globalThis as Holder;
  holder[slot] ??= create();
  return holder[slot];
}

function create(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: "incident_monitor_" });
  return {
    registry,
    requests: new Counter({
      name: "incident_monitor_http_requests_total",
      help: "API requests answered",
      labelNames: ["method", "route", "status"],
      registers,
    }),
    reports: new Counter({
      name: "incident_monitor_reports_total",
      help: "Reports by what became of them",
      labelNames: ["outcome"],
      registers,
    }),
    attempts: new Counter({
      name: "incident_monitor_delivery_attempts_total",
      help: "Delivery attempts by outcome",
      labelNames: ["kind", "outcome"],
      registers,
    }),
    attemptSeconds: new Histogram({
      name: "incident_monitor_delivery_attempt_seconds",
      help: "Duration of delivery attempts",
      labelNames: ["kind"],
      buckets: [0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
      registers,
    }),
    streams: new Gauge({ name: "incident_monitor_event_streams", help: "Open event streams", registers }),
  };
}

export const countRequest = (method: string, route: string, status: number) =>
  metrics().requests.inc({ method, route, status: String(status) });
export const countReport = (outcome: "new" | "recurrence" | "blocked" | "refused") =>
  metrics().reports.inc({ outcome });
export const countAttempt = (kind: string, outcome: string, seconds: number) => {
  metrics().attempts.inc({ kind, outcome });
  metrics().attemptSeconds.observe({ kind }, seconds);
};
export const trackStream = (change: 1 | -1) => metrics().streams.inc(change);
export const renderMetrics = async (): Promise<{ contentType: string; text: string }> => ({
  contentType: metrics().registry.contentType,
  text: await metrics().registry.metrics(),
});
