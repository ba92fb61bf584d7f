import { ChevronRight } from "lucide-react";
import { IdText } from "@/components/layout/id-text";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { toneClass } from "@/components/ui/tone";
import type { ScenarioResultWire } from "@/lib/contracts/scenario";
import { assertionWord, categoryWord, statusLook, valueWord } from "./scenario-words";
import { StagePath } from "./stage-path";

/** One scenario's result; what did not hold is open from the start. */
export function ResultRow({ result }: { result: ScenarioResultWire }) {
  const { word, tone } = statusLook[result.status];
  return (
    <li className="border-t border-border">
      <details open={result.status !== "pass"} className="group">
        <summary className="flex cursor-pointer list-none flex-wrap items-center gap-x-3 gap-y-1 rounded-sm px-1 py-2.5 hover:bg-muted [&::-webkit-details-marker]:hidden">
          <ChevronRight aria-hidden className="size-4 flex-none group-open:rotate-90" />
          <Badge variant="tone" className={cn(toneClass(tone), "w-25 justify-center")}>
            {word}
          </Badge>
          <span className="min-w-0 flex-1 basis-40">
            <span className="font-[550]">{categoryWord(result.category)}</span>
            {/* Several of one kind are told apart by what each tries. */}
            <span className="block text-12 text-muted-foreground group-open:hidden">
              {result.description || result.scenario_id}
            </span>
          </span>
        </summary>
        <div className="flex flex-col gap-4 px-1 pb-5 md:pl-8">
          <p className="max-w-160 text-muted-foreground">{result.description}</p>
          <StagePath stages={result.stages} failed={result.status === "fail"} />
          {result.status === "blocked" ? (
            <p className="max-w-160 text-12 text-muted-foreground">{result.observed_behavior}</p>
          ) : null}
          <Assertions result={result} />
          <p className="flex flex-wrap items-baseline gap-x-2 text-12 text-muted-foreground">
            Scenario <IdText id={result.scenario_id} kind="scenario id" />
          </p>
          {result.finding_id ? (
            <p className="flex flex-wrap items-baseline gap-x-2 text-12 text-muted-foreground">
              Finding <IdText id={result.finding_id} kind="finding id" copyable />
            </p>
          ) : null}
        </div>
      </details>
    </li>
  );
}

function Assertions({ result }: { result: ScenarioResultWire }) {
  return (
    <ul aria-label="What was expected" className="flex max-w-160 flex-col">
      {result.assertions.map(({ name, expected, actual, ok }) => (
        <li
          key={name}
          className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 border-t border-border py-1 text-12 first:border-t-0"
        >
          <span className="min-w-0 break-words">
            {assertionWord(name)}
            {typeof expected === "string" ? <span className="font-mono"> {expected}</span> : null}
          </span>
          <span className={cn("text-right", ok ? "text-muted-foreground" : "font-[550] text-state-failed")}>
            {ok ? "holds" : "does not hold"}
          </span>
          {ok ? null : (
            <span className="col-span-2 break-words text-muted-foreground">
              expected {valueWord(expected)}, was {valueWord(actual)}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
