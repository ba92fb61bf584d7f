export const dayMs = 86_400_000;

/** For how long a new key works. */
export const lifetimes = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "1 year" },
  { value: "never", label: "Never", help: "Until it is disabled by hand" },
];

/** The wire's moment for a choice of `lifetimes`; null is never. */
export function expiryOf(lifetime: string, nowMs: number): number | null {
  return lifetime === "never" ? null : nowMs + Number(lifetime) * dayMs;
}

/** For how long the old key still works beside its successor. */
export const overlaps = [
  { value: "0", label: "Not at all", help: "The old key stops this moment: for one that leaked" },
  { value: "1", label: "1 day", help: "Enough for a pipeline that runs daily" },
  { value: "7", label: "7 days", help: "Time to put the new key everywhere" },
  { value: "30", label: "30 days", help: "For what is deployed seldom" },
];
