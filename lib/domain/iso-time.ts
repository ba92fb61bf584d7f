const latestMs = 8.64e15;
let second = Number.NaN;
let secondText = "";

/** As `Date` writes it, and empty for what it cannot; moments of one second follow one another. */
export function isoTime(epochMs: number): string {
  const ms = Math.round(epochMs);
  if (!(Math.abs(ms) <= latestMs)) return "";
  const whole = Math.floor(ms / 1_000);
  if (whole !== second) {
    secondText = new Date(whole * 1_000).toISOString().slice(0, -4);
    second = whole;
  }
  return `${secondText}${String(ms - whole * 1_000).padStart(3, "0")}Z`;
}
