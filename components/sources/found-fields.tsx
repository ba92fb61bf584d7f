import { RedactedText } from "@/components/state/redacted-text";
import type { LogPreviewWire } from "@/lib/contracts/log-source";
import { logFieldWords } from "./log-field-words";

/** What people expect to be found; its absence is worth a word. */
const expected = ["level", "message", "timestamp"] as const;

/** Which parts of a line were found, under which key, with an example; and which of the usual ones were not. */
export function FoundFields({ fields }: { fields: LogPreviewWire["found_fields"] }) {
  if (fields.length === 0) {
    return (
      <p className="text-12 text-muted-foreground">
        These lines are words, not fields: level, time and stack traces are recognised in the text.
      </p>
    );
  }
  const missing = expected.filter((name) => !fields.some(({ field }) => field === name));
  return (
    <div className="flex flex-col gap-1.5">
      <dl className="grid grid-cols-[96px_minmax(0,1fr)] gap-x-3 gap-y-1 text-12 leading-5">
        {fields.map(({ field, key, example }) => (
          <div key={`${field} ${key}`} className="contents">
            <dt className="text-muted-foreground">{logFieldWords[field]}</dt>
            <dd className="min-w-0 truncate font-mono" title={example}>
              {key}
              <span className="text-muted-foreground">
                {" "}
                <RedactedText text={example} />
              </span>
            </dd>
          </div>
        ))}
      </dl>
      {missing.length > 0 ? (
        <p className="text-12 text-muted-foreground">
          Not found: {missing.map((field) => logFieldWords[field].toLowerCase()).join(", ")}. Say under which
          key to look, if it is there.
        </p>
      ) : null}
    </div>
  );
}
