import { RedactedText } from "@/components/state/redacted-text";

/** Lines of a log for inside a CodeBlock, what was taken out as bars. */
export function MonoLines({ lines }: { lines: readonly string[] }) {
  // The lines of a record never move, so their place names them.
  const placed = lines.map((text, at) => ({ id: `${at}`, text }));
  return (
    <div className="px-2.5 py-1">
      {placed.map(({ id, text }) => (
        <div key={id} className="min-h-[18px] break-words whitespace-pre-wrap">
          <RedactedText text={text} />
        </div>
      ))}
    </div>
  );
}
