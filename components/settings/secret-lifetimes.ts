export const dayMs = 86_400_000;

/** For how long a new key or token works. */
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
