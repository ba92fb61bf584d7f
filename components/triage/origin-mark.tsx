import { Quote } from "lucide-react";
import type { TriageSummaryWire } from "@/lib/contracts/triage";
import { originWords } from "./triage-words";

type OriginMarkProps = { summary: TriageSummaryWire; field: string };

/** Where a field's words come from; a model's are marked as such besides. */
export function OriginMark({ summary, field }: OriginMarkProps) {
  const origin = summary.origins[field];
  const isModel = summary.model_text.includes(field);
  const { word, help } = origin
    ? originWords[origin]
    : { word: "assumed", help: "Nobody said so; it was assumed." };
  return (
    <span title={help} className="inline-flex items-center gap-1 text-12 font-normal text-muted-foreground">
      {isModel ? (
        <span className="inline-flex items-center gap-0.5 text-state-ambiguous">
          <Quote aria-hidden className="size-3" />
          model text,
        </span>
      ) : null}
      {word}
    </span>
  );
}
