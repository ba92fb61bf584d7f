import type { MetricFilters } from "@/components/security/metrics/metric-window";

const day = /^\d{4}-\d{2}-\d{2}$/;
const one = (value: string | string[] | undefined) => (typeof value === "string" ? value : undefined);
const dayOf = (value: string | string[] | undefined) => {
  const text = one(value);
  return text && day.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
};

/** The window as the URL says it; what is not understood is the week. */
export function metricFiltersFrom(params: Record<string, string | string[] | undefined>): MetricFilters {
  const given = one(params.window);
  const window = given === "24h" || given === "30d" || given === "custom" ? given : undefined;
  return window === "custom" ? { window, from: dayOf(params.from), to: dayOf(params.to) } : { window };
}
