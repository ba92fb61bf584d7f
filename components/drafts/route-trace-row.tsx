import { Check, ChevronRight, Minus, X } from "lucide-react";
import { wantedWords } from "@/components/routing/conditions";
import { RedactedText } from "@/components/state/redacted-text";
import { cn } from "@/components/ui/cn";
import type { RouteTraceWire } from "@/lib/contracts/review";
import { useNames } from "@/lib/queries/names";
import { conditionName, namedTrace, traceWords } from "./route-words";

const marks = {
  won: { Icon: Check, ink: "text-state-passed", word: "Matched:" },
  joined: { Icon: Check, ink: "text-state-passed", word: "Joined:" },
  shadow: { Icon: Minus, ink: "text-muted-foreground", word: "In shadow:" },
  matched_later: { Icon: Minus, ink: "text-muted-foreground", word: "Not reached:" },
  not_matched: { Icon: X, ink: "text-state-failed", word: "Did not match:" },
  disabled: { Icon: Minus, ink: "text-muted-foreground", word: "Off:" },
};

/** One route in a line; opened, each condition with what the draft has and what the route wants. */
export function RouteTraceRow({ trace: stored, position }: { trace: RouteTraceWire; position: number }) {
  const trace = namedTrace(stored, useNames());
  const { Icon, ink, word } = marks[trace.outcome];
  const dim = trace.outcome !== "won" && trace.outcome !== "joined";
  const line = (
    <>
      <Icon aria-hidden className={cn("mt-1 size-3.5", ink)} />
      <span className="text-right text-muted-foreground">{position}</span>
      <span
        className={cn(
          "truncate",
          dim ? "" : "font-medium",
          trace.outcome === "disabled" && "text-muted-foreground",
        )}
      >
        <span className="sr-only">{word} </span>
        {trace.route_name}
      </span>
      <span className={cn("truncate max-sm:col-start-3", dim && "text-muted-foreground")}>
        <RedactedText text={traceWords(trace)} />
      </span>
      {trace.conditions.length > 0 ? (
        <ChevronRight
          aria-hidden
          className="col-start-4 row-start-1 mt-1 size-3.5 text-muted-foreground transition-transform group-open/route:rotate-90 sm:col-start-5"
        />
      ) : null}
    </>
  );
  const grid =
    "grid grid-cols-[16px_14px_minmax(0,1fr)_14px] gap-x-2 text-[12.5px] leading-[22px] sm:grid-cols-[16px_14px_148px_minmax(0,1fr)_14px]";
  if (trace.conditions.length === 0) return <li className={grid}>{line}</li>;
  return (
    <li>
      <details className="group/route">
        <summary
          className={cn(
            grid,
            "cursor-pointer list-none rounded-sm hover:bg-muted touch:py-2 [&::-webkit-details-marker]:hidden",
          )}
        >
          {line}
        </summary>
        <ul className="pb-1.5 pl-[46px] text-12 leading-5">
          {trace.conditions.map((each) => (
            <li
              key={`${each.condition} ${each.op} ${each.negated} ${each.wants}`}
              className="grid grid-cols-[14px_minmax(0,1fr)] gap-1.5"
            >
              {each.matched ? (
                <Check aria-label="Holds" className="mt-[3px] size-3.5 text-state-passed" />
              ) : (
                <X aria-label="Does not hold" className="mt-[3px] size-3.5 text-state-failed" />
              )}
              <span className="break-words">
                <span className="text-muted-foreground">{conditionName(each.condition)} has </span>
                <b className="font-medium">
                  <RedactedText text={each.has ?? "nothing"} />
                </b>
                <span className="text-muted-foreground">, wants {wantedWords(each)}</span>
              </span>
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}
