import { Check, Minus, X } from "lucide-react";
import { RedactedText } from "@/components/state/redacted-text";
import { cn } from "@/components/ui/cn";
import type { RouteTraceWire } from "@/lib/contracts/review";
import { conditionWord } from "./conditions";
import { traceSentence } from "./trace-words";

const outcomes = {
  won: { Icon: Check, tone: "text-state-passed", word: "wins" },
  joined: { Icon: Check, tone: "text-state-passed", word: "adds its destinations" },
  matched_later: { Icon: Check, tone: "text-muted-foreground", word: "would match, not reached" },
  shadow: { Icon: Check, tone: "text-muted-foreground", word: "would match, in shadow" },
  not_matched: { Icon: X, tone: "text-destructive", word: "does not match" },
  disabled: { Icon: Minus, tone: "text-muted-foreground", word: "disabled" },
};

/** Route by route, why it held or not: what the record has and what the condition wants. */
export function PreviewTrace({ trace }: { trace: readonly RouteTraceWire[] }) {
  if (trace.length === 0) return <p className="text-12 text-muted-foreground">There are no routes yet.</p>;
  return (
    <ol aria-label="Why, route by route" className="flex flex-col gap-2">
      {trace.map((route, index) => {
        const { Icon, tone, word } = outcomes[route.outcome];
        const won = route.outcome === "won" || route.outcome === "joined";
        return (
          <li key={route.route_id}>
            <p className="flex items-center gap-2">
              <Icon aria-hidden className={cn("size-3.5", tone)} />
              <span className="text-muted-foreground">{index + 1}</span>
              <span className="min-w-0 truncate font-medium">{route.route_name}</span>
              <span
                className={cn(
                  "ml-auto flex-none text-12",
                  won ? "font-medium text-state-passed" : "text-muted-foreground",
                  route.outcome === "not_matched" && "sr-only",
                )}
              >
                {word}
              </span>
            </p>
            <ul className="pl-[22px]">
              {route.conditions.map((condition) => (
                <li
                  key={`${condition.condition} ${condition.op} ${condition.negated} ${condition.wants}`}
                  className="grid grid-cols-[14px_84px_minmax(0,1fr)] gap-2 text-12 leading-5"
                >
                  {condition.matched ? (
                    <Check aria-label="Holds" className="mt-[3px] size-3.5 text-state-passed" />
                  ) : (
                    <X aria-label="Does not hold" className="mt-[3px] size-3.5 text-destructive" />
                  )}
                  <span className="truncate text-muted-foreground">
                    {conditionWord[condition.condition] ?? condition.condition}
                  </span>
                  <Comparison condition={condition} />
                </li>
              ))}
            </ul>
          </li>
        );
      })}
    </ol>
  );
}

function Comparison({ condition }: { condition: RouteTraceWire["conditions"][number] }) {
  const { before, value, after } = traceSentence(condition);
  return (
    <span className="min-w-0 break-words">
      {before}
      {value === null ? null : (
        <b className="font-medium">
          <RedactedText text={value} />
        </b>
      )}
      <span className="text-muted-foreground">{after}</span>
    </span>
  );
}
