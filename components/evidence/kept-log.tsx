import { CodeBlock } from "@/components/layout/code-block";
import { Fact, Facts } from "@/components/layout/facts";
import { IdText } from "@/components/layout/id-text";
import { RecordHeader } from "@/components/layout/record-header";
import { RelativeTime } from "@/components/layout/relative-time";
import { RedactedText } from "@/components/state/redacted-text";
import { Alert } from "@/components/ui/alert";
import { EvidenceLines } from "./evidence-lines";
import type { LogEvidence } from "./read-evidence";

/** A failure as it stood in a watched log. */
export function KeptLog({ log }: { log: LogEvidence }) {
  const { offsets, lines } = log;
  const place = offsets
    ? `bytes ${offsets.start.toLocaleString("en-GB")} to ${offsets.end.toLocaleString("en-GB")}`
    : undefined;
  return (
    <>
      <RecordHeader title={<RedactedText text={log.title ?? "Evidence of a log"} />}>
        <span>
          read <RelativeTime value={log.detectedAtMs} />
        </span>
        {place ? <span>{place}</span> : null}
      </RecordHeader>
      <CodeBlock
        label="Kept lines"
        title={log.path ?? "Log"}
        meta={lines.length === 1 ? "1 line" : `${lines.length} lines`}
        copy={lines.join("\n")}
      >
        <EvidenceLines lines={lines} context={log.context} />
      </CodeBlock>
      {log.truncated ? (
        <Alert tone="waiting" title="A line was cut.">
          It was longer than the source allows; its beginning was kept.
        </Alert>
      ) : null}
      <Facts>
        {log.level ? <Fact term="Level">{log.level}</Fact> : null}
        {log.event ? <Fact term="Event">{log.event}</Fact> : null}
        {log.format ? <Fact term="Format">{log.format}</Fact> : null}
        {log.fingerprint ? (
          <Fact term="Fingerprint">
            <IdText
              id={log.fingerprint}
              kind="fingerprint"
              className="[&>span]:break-all [&>span]:whitespace-normal"
            />
          </Fact>
        ) : null}
      </Facts>
    </>
  );
}
