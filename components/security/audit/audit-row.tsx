import { exactTime } from "@/components/layout/format-time";
import { useTimeZone } from "@/components/layout/time-zone";
import { ListRow } from "@/components/settings/list-row";
import { StateLabel } from "@/components/state/state-label";
import type { AuditEntryWire } from "@/lib/contracts/audit";
import { useNames } from "@/lib/queries/names";
import { actionWords, actorWords, outcomeState, outcomeWord } from "./audit-words";

type AuditRowProps = {
  entry: AuditEntryWire;
  /** What it is about, by its name. */
  subject: string;
  selected: boolean;
  onSelect: () => void;
};

/** What was done, by whom, to what, at which second, and its number in the ledger. */
export function AuditRow({ entry, subject, selected, onSelect }: AuditRowProps) {
  const name = useNames();
  const timeZone = useTimeZone();
  return (
    <ListRow selected={selected} onSelect={onSelect}>
      <span className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3 gap-y-0.5">
        {/* On a phone each has a line of its own: what, by whom to what, when. */}
        <span className="flex min-w-0 items-center gap-2 max-sm:col-span-2">
          <span className="truncate font-medium first-letter:uppercase">{actionWords(entry.action)}</span>
          {entry.outcome === "done" ? null : (
            <StateLabel state={outcomeState[entry.outcome]} word={outcomeWord[entry.outcome]} />
          )}
        </span>
        <time
          dateTime={new Date(entry.at_ms).toISOString()}
          className="justify-self-end text-12 whitespace-nowrap text-muted-foreground max-sm:order-3 max-sm:justify-self-start"
        >
          {exactTime(entry.at_ms, timeZone)}
        </time>
        <span
          className="min-w-0 truncate text-12 text-muted-foreground max-sm:order-2 max-sm:col-span-2 max-sm:break-words max-sm:whitespace-normal"
          title={`${actorWords(entry)} · ${entry.subject_kind} ${entry.subject_id}`}
        >
          <span className="text-foreground">{actorWords(entry)}</span> · {subject}
          {entry.project_id && entry.subject_kind !== "project" ? ` · ${name.project(entry.project_id)}` : ""}
        </span>
        <span className="justify-self-end font-mono text-12 text-muted-foreground max-sm:order-4">
          {entry.sequence === undefined ? "sealing" : `#${entry.sequence}`}
        </span>
      </span>
    </ListRow>
  );
}
