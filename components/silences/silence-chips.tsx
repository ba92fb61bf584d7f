import { setLists } from "@/components/routing/conditions";
import { windowWords } from "@/components/routing/window-words";
import { ConditionChip } from "@/components/state/condition-chip";
import type { SilenceWire } from "@/lib/contracts/silence";
import { useNames } from "@/lib/queries/names";

/** What a silence holds, read aloud: "title is like disk*", "component is ledger". */
export function SilenceChips({ silence: { matcher, windows } }: { silence: SilenceWire }) {
  const name = useNames();
  return (
    <div className="flex min-w-0 flex-wrap gap-1">
      {matcher.match_title ? (
        <ConditionChip field="title" operator="is like" values={[matcher.match_title]} />
      ) : null}
      {setLists(matcher).map(({ field, word }) => (
        <ConditionChip
          key={field}
          field={word}
          values={field === "match_project_ids" ? matcher[field].map(name.project) : matcher[field]}
        />
      ))}
      {windows.map((window) => (
        <ConditionChip
          key={windowWords(window)}
          field="time"
          operator="within"
          values={[windowWords(window)]}
        />
      ))}
    </div>
  );
}
