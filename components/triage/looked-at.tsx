import { Disclosure } from "@/components/drafts/disclosure";
import { counted } from "@/components/drafts/draft-words";
import { RedactedText } from "@/components/state/redacted-text";
import type { InspectionWire } from "@/lib/contracts/triage-phase";
import { lookedWords } from "./triage-words";

/** What a phase looked at and how that went, so that a thin result can be told from a thin search. */
export function LookedAt({ lookedAt }: { lookedAt: InspectionWire["looked_at"] }) {
  if (lookedAt.length === 0) return <p className="text-12 text-muted-foreground">It looked at nothing.</p>;
  return (
    <Disclosure summary={`Looked at ${counted(lookedAt.length, "thing")}`}>
      <ul className="flex flex-col gap-0.5 pt-0.5 pl-4.5 text-12">
        {lookedAt.map((each, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what a run looked at never moves
          <li key={index} className="min-w-0 break-words">
            <RedactedText text={each.what} />
            <span className="text-muted-foreground">
              : {lookedWords[each.outcome]}
              {each.note ? (
                <>
                  , <RedactedText text={each.note} />
                </>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
