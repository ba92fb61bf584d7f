export const densities = ["compact", "default", "comfortable"] as const;

export type Density = (typeof densities)[number];

/** Kept in a cookie so that the server draws the right rows at once. */
export const densityCookie = "incident-monitor.density";

export function parseDensity(value: string | undefined): Density {
  return densities.find((density) => density === value) ?? "default";
}
