import type { ChartMark } from "@/components/layout/occurrence-bars";

/** Marks that fall into the chart, oldest first, without those whose word would stand on the word before. */
export function chartMarks(
  candidates: readonly { at: number | undefined; label: string }[],
  fromMs: number,
  toMs: number,
): ChartMark[] {
  const apart = (toMs - fromMs) * 0.14;
  const inside = candidates
    .flatMap(({ at, label }) => (at !== undefined && at >= fromMs && at <= toMs ? [{ at, label }] : []))
    .sort((a, b) => a.at - b.at);
  const kept: ChartMark[] = [];
  for (const mark of inside) {
    const before = kept.at(-1);
    if (!before || mark.at - before.at >= apart) kept.push(mark);
  }
  return kept;
}
