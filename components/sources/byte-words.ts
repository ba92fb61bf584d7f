const units = ["kB", "MB", "GB", "TB"] as const;

/** "312 bytes", "4.2 kB", "42 MB": two figures where they tell something, a thousand to a step. */
export function byteWords(bytes: number): string {
  if (bytes < 1_000) return bytes === 1 ? "1 byte" : `${Math.round(bytes)} bytes`;
  let value = bytes / 1_000;
  let unit = 0;
  // 999.6 kB is 1 MB when it is rounded, so the step is taken before.
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** "4,212,334": a place in a file. */
export function offsetWords(offset: number): string {
  return offset.toLocaleString("en-GB");
}
