import { RedactedText } from "@/components/state/redacted-text";
import { SeverityIcon } from "@/components/state/severity-icon";
import type { BulkActionWire, BulkReviewRowWire } from "@/lib/contracts/bulk";
import { bulkWords } from "./bulk-words";
import { counted, shortDigest, shortId } from "./draft-words";

type BulkReviewRowsProps = { action: BulkActionWire; rows: readonly BulkReviewRowWire[] };

/** What will become of each; those that are left alone come first, since they are what is easily overlooked. */
export function BulkReviewRows({ action, rows }: BulkReviewRowsProps) {
  const able = rows.filter((row) => row.allowed);
  const unable = rows.filter((row) => !row.allowed);
  return (
    <>
      <Group title={`${counted(unable.length, "draft")} left alone`} rows={unable} />
      <Group title={`${counted(able.length, "draft")} ${bulkWords[action].will}`} rows={able} />
    </>
  );
}

function Group({ title, rows }: { title: string; rows: readonly BulkReviewRowWire[] }) {
  if (rows.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="section-head border-b border-border pb-1">{title}</h3>
      <ul>
        {rows.map((row) => (
          <li
            key={row.draft_id}
            className="grid grid-cols-[14px_minmax(0,1fr)_auto] items-baseline gap-x-2 border-b border-border py-1.5 last:border-b-0"
          >
            <span className="self-center">
              <SeverityIcon severity={row.risk_level} />
            </span>
            <span className="truncate font-medium">
              {row.title === undefined ? `Draft ${shortId(row.draft_id)}` : <RedactedText text={row.title} />}
            </span>
            {row.digest ? (
              <span className="font-mono text-12 text-muted-foreground" title={row.digest}>
                {shortDigest(row.digest)}
              </span>
            ) : (
              <span />
            )}
            <span className="col-start-2 col-end-4 text-12 break-words text-muted-foreground">
              {row.message}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
