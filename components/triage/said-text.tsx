"use client";

import { useState } from "react";
import { RedactedText } from "@/components/state/redacted-text";
import { Button } from "@/components/ui/button";

/** Text of triage: what stands between backticks is code, redactions are bars, and nothing else of it is markup. */
export function SaidText({ text }: { text: string }) {
  return text.split(/(`[^`\n]+`)/).map((part, index) =>
    /^`[^`\n]+`$/.test(part) ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text never move
      <code key={index} className="rounded-sm bg-muted px-0.5 text-[0.92em] break-words">
        <RedactedText text={part.slice(1, -1)} />
      </code>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text never move
      <RedactedText key={index} text={part} />
    ),
  );
}

const linesMax = 6;
const lengthMax = 700;

/** A longer text: its beginning, and the rest when it is asked for. */
export function LongText({ text }: { text: string }) {
  const [whole, setWhole] = useState(false);
  const lines = text.split("\n");
  const isLong = lines.length > linesMax + 1 || text.length > lengthMax * 1.2;
  if (!isLong || whole) return <SaidText text={text} />;
  const shown = lines.slice(0, linesMax).join("\n").slice(0, lengthMax).trimEnd();
  return (
    <>
      <SaidText text={`${shown} …`} />
      <Button variant="ghost" size="xs" className="-ml-2 block font-normal" onClick={() => setWhole(true)}>
        Show all of it
      </Button>
    </>
  );
}
