import { parseRedactions } from "./parse-redactions";
import { Redaction } from "./redaction";

/** Text in which redaction markers stand as blackout bars. Renders text only, never markup. */
export function RedactedText({ text }: { text: string }) {
  let at = 0;
  return parseRedactions(text).map((part) => {
    at += 1;
    if (part.type === "text") return <span key={at}>{part.text}</span>;
    return <Redaction key={at} kind={part.kind} length={part.length} suffix={part.suffix} />;
  });
}
