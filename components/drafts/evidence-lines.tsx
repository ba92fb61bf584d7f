import { type LogLine, LogLines } from "@/components/layout/log-lines";
import { RedactedText } from "@/components/state/redacted-text";

/** Log lines in their columns; lines that tell neither time nor level get the whole width. */
export function EvidenceLines({ lines }: { lines: readonly LogLine[] }) {
  if (lines.some((line) => line.time || line.level)) return <LogLines lines={lines} />;
  return (
    <ol>
      {lines.map((line) => (
        <li key={line.id} className="px-2.5 leading-5 break-words whitespace-pre-wrap">
          <RedactedText text={line.text} />
        </li>
      ))}
    </ol>
  );
}
