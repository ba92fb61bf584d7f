import { ConditionChip } from "@/components/state/condition-chip";
import type { RouteWire } from "@/lib/contracts/config";
import { useNames } from "@/lib/queries/names";
import { conditionValues, conditionWords, fieldWord, opWord } from "./condition-ops";
import { isCatchAll, setConditions } from "./conditions";
import type { RouteNote } from "./route-notes";
import { windowWords } from "./window-words";

type RouteChipsProps = { route: RouteWire; notes: readonly RouteNote[] };

/** When a route holds, as chips: its lists, its conditions, its windows; struck through what no longer exists. */
export function RouteChips({ route, notes }: RouteChipsProps) {
  const name = useNames();
  return (
    <div className="flex min-w-0 flex-wrap gap-1">
      {isCatchAll(route) ? <span className="text-12 text-muted-foreground">every record</span> : null}
      {setConditions(route).map(({ field, word }) => (
        <ConditionChip
          key={field}
          field={word}
          values={field === "match_project_ids" ? route[field].map(name.project) : route[field]}
          outcome={notes.some((note) => note.field === field) ? "dead" : undefined}
        />
      ))}
      {(route.conditions ?? []).map((condition) => (
        <ConditionChip
          key={conditionWords(condition)}
          field={fieldWord[condition.field]}
          operator={opWord(condition)}
          values={conditionValues(condition)}
        />
      ))}
      {(route.active_windows ?? []).map((window) => (
        <ConditionChip
          key={windowWords(window)}
          field="time"
          operator="within"
          values={[windowWords(window)]}
        />
      ))}
      {route.continue ? (
        <span className="text-12 leading-[22px] text-muted-foreground">then looks on</span>
      ) : null}
    </div>
  );
}
