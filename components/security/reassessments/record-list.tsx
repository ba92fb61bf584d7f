import Link from "next/link";
import { RelativeTime } from "@/components/layout/relative-time";
import { cn } from "@/components/ui/cn";
import type { ReassessmentRecordWire } from "@/lib/contracts/reassessment";
import { reassessmentsPath } from "@/lib/paths";
import { comparisonWords, scopeWords, triggerWords } from "./reassessment-words";

type RecordListProps = { records: readonly ReassessmentRecordWire[]; selectedId: string | undefined };

/** Records, the newest first; the one at hand is marked. */
export function RecordList({ records, selectedId }: RecordListProps) {
  return (
    <ul aria-label="Records" className="relative flex flex-col max-lg:max-h-72 max-lg:overflow-y-auto">
      {records.map((record) => {
        const isCurrent = record.record_id === selectedId;
        return (
          <li key={record.record_id} className="border-b border-border last:border-b-0">
            <Link
              href={reassessmentsPath({ record: record.record_id })}
              scroll={false}
              aria-current={isCurrent || undefined}
              className={cn(
                "flex min-w-0 flex-col gap-0.5 rounded-sm px-2 py-2 hover:bg-accent",
                isCurrent && "bg-accent",
              )}
            >
              <span className="flex items-baseline justify-between gap-3">
                <span className="truncate font-medium">
                  {scopeWords(record.scope_key)}, version {record.version}
                </span>
                <RelativeTime
                  value={record.generated_at_ms}
                  format="short"
                  className="text-12 text-muted-foreground"
                />
              </span>
              <span className="text-12">{comparisonWords(record)}</span>
              <span className="truncate text-12 text-muted-foreground">{triggerWords[record.trigger]}</span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
