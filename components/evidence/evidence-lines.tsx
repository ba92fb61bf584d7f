import { RedactedText } from "@/components/state/redacted-text";

type EvidenceLinesProps = { lines: readonly string[]; context: readonly string[] };

/** The lines that were kept: what came before dim, the failure itself on a rule. */
export function EvidenceLines({ lines, context }: EvidenceLinesProps) {
  const placed = (texts: readonly string[]) => texts.map((text, at) => ({ id: `${at}`, text }));
  return (
    <div className="py-1">
      {context.length > 0 ? (
        <ol
          aria-label="Lines before it"
          className="border-l-2 border-transparent px-2.5 text-muted-foreground"
        >
          {placed(context).map(({ id, text }) => (
            <KeptLine key={id} text={text} />
          ))}
        </ol>
      ) : null}
      <ol aria-label="Lines of the failure" className="border-l-2 border-foreground px-2.5">
        {placed(lines).map(({ id, text }) => (
          <KeptLine key={id} text={text} />
        ))}
      </ol>
    </div>
  );
}

function KeptLine({ text }: { text: string }) {
  return (
    <li className="min-h-[18px] break-words whitespace-pre-wrap">
      <RedactedText text={text} />
    </li>
  );
}
