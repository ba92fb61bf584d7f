const dayMs = 86_400_000;
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** The last day of a span as people say it: `until` is the first that is not in it. */
export const lastDayOf = (until: string | undefined): string | undefined =>
  until && /^\d{4}-\d{2}-\d{2}$/.test(until) ? dayOf(Date.parse(until) - dayMs) : undefined;
export const untilOf = (lastDay: string): string | undefined =>
  /^\d{4}-\d{2}-\d{2}$/.test(lastDay) ? dayOf(Date.parse(lastDay) + dayMs) : undefined;
