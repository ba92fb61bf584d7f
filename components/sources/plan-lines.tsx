import { offsetWords } from "./byte-words";
import type { PlanLine } from "./plan-words";

/** What becomes of what is found, each count with its meaning. */
export function PlanLines({ lines }: { lines: readonly PlanLine[] }) {
  if (lines.length === 0) return null;
  return (
    <ul className="grid grid-cols-[auto_minmax(0,1fr)] border-t border-border">
      {lines.map((line) => (
        <li
          key={line.key}
          className="col-span-2 grid grid-cols-subgrid gap-x-3 border-b border-border py-1.5"
        >
          <b className="text-right font-semibold">{offsetWords(line.count)}</b>
          <span>{line.words}</span>
        </li>
      ))}
    </ul>
  );
}
