import { Check, Minus, X } from "lucide-react";
import { cn } from "@/components/ui/cn";
import type { ValidationWire } from "@/lib/contracts/triage-phase";
import { Finding, FindingList } from "./finding-list";
import { LookedAt } from "./looked-at";
import { RuleNote } from "./rule-note";
import { SaidText } from "./said-text";
import { confidenceWords, verdictWords } from "./triage-words";

const marks = { holds: Check, refuted: X, cannot_be_checked: Minus };
const inks = {
  holds: "text-state-passed",
  refuted: "text-state-failed",
  cannot_be_checked: "text-muted-foreground",
};

/** Each claim and whether it held; what contradicts comes first. */
export function ValidateFindings({ content, scope }: { content: ValidationWire; scope: string }) {
  const order = ["refuted", "holds", "cannot_be_checked"];
  const claims = [...content.claims].sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  return (
    <>
      <p className="flex flex-wrap gap-x-2">
        <b className="font-medium">Altogether {confidenceWords[content.confidence]}</b>
        {content.confidence_because.map((rule) => (
          <span key={rule} className="text-12 leading-5 text-muted-foreground">
            <RuleNote rule={rule} />
          </span>
        ))}
      </p>
      {content.contradictions.length > 0 ? (
        <ul aria-label="Contradictions" className="list-disc pl-4">
          {content.contradictions.map((each) => (
            <li key={each} className="break-words">
              <SaidText text={each} />
            </li>
          ))}
        </ul>
      ) : null}
      {claims.length > 0 ? (
        <ul aria-label="Claims put to the test">
          {claims.map((claim, index) => {
            const Mark = marks[claim.verdict];
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: the claims of a run never move
              <li key={index} className="border-b border-border py-1.5 first:pt-0 last:border-b-0">
                <p className={cn("flex items-center gap-1 text-12 font-medium", inks[claim.verdict])}>
                  <Mark aria-hidden className="size-3.5" />
                  {verdictWords[claim.verdict].word}
                </p>
                <Finding finding={claim} scope={scope} />
              </li>
            );
          })}
        </ul>
      ) : null}
      <FindingList findings={content.findings} scope={scope} />
      <LookedAt lookedAt={content.looked_at} />
    </>
  );
}
