import { RecordHeader } from "@/components/layout/record-header";
import { RelativeTime } from "@/components/layout/relative-time";
import { RedactedText } from "@/components/state/redacted-text";
import { SeverityLabel } from "@/components/state/severity-label";
import { sourceWords } from "@/components/state/source-words";
import { Badge } from "@/components/ui/badge";
import type { DraftWire } from "@/lib/contracts/draft";
import { useNames } from "@/lib/queries/names";
import { ClaimNote } from "./claim-note";

/** What failed, how bad, where, since when, how often. */
export function DraftTitle({ draft, myId }: { draft: DraftWire; myId: string | undefined }) {
  const name = useNames();
  const where = new Set([
    draft.project_id && name.project(draft.project_id),
    draft.component ?? (draft.source && sourceWords(draft.source)),
  ]);
  return (
    <RecordHeader
      title={<RedactedText text={draft.title ?? draft.event_type} />}
      className="px-4 pt-4 pb-4.5 md:px-6"
    >
      <SeverityLabel severity={draft.risk_level} />
      {[...where].map((each) =>
        each === undefined ? null : (
          <span key={each} className="break-words">
            <RedactedText text={each} />
          </span>
        ),
      )}
      <span>
        first <RelativeTime value={draft.first_seen_at_ms} />
      </span>
      <span>
        last <RelativeTime value={draft.last_seen_at_ms} />
      </span>
      <span className="font-medium text-foreground">
        {draft.occurrence_count.toLocaleString("en-GB")}×<span className="sr-only"> seen</span>
      </span>
      {draft.route_tags.map((tag) => (
        <Badge key={tag}>{tag}</Badge>
      ))}
      <ClaimNote draft={draft} myId={myId} />
    </RecordHeader>
  );
}
