import { cn } from "@/components/ui/cn";
import { toneClass } from "@/components/ui/tone";
import { GateGlyph } from "./gate-glyph";
import { type Facet, lookOf, lookOfFacet, type StateName } from "./state-map";

type Named = { state: StateName; facet?: never; value?: never };
type Faceted = { facet: Facet; value: string; state?: never };

export type StateLabelProps = (Named | Faceted) & {
  /** Tinted ground; only in a page header. */
  pill?: boolean;
  /** Another word for the same state: "1 of 2 approvals". */
  word?: string;
  size?: number;
  className?: string;
};

/** A state: glyph, word, tone. `<StateLabel facet="delivery" value={delivery.state} />` or `state="held"`. */
export function StateLabel({ state, facet, value, pill = false, word, size, className }: StateLabelProps) {
  const look = state ? lookOf(state) : lookOfFacet(facet, value);
  return (
    <span
      data-slot="state-label"
      className={cn(
        toneClass(look.tone),
        "inline-flex items-center gap-[5px] align-middle text-12 font-medium whitespace-nowrap text-tone",
        pill && "h-5 rounded-sm bg-tone-soft pr-[7px] pl-[5px]",
        className,
      )}
    >
      <GateGlyph name={look.glyph} size={size ?? 16} className="flex-none" />
      {word ?? look.word}
    </span>
  );
}
