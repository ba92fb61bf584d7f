import Link from "next/link";
import { RelativeTime } from "@/components/layout/relative-time";
import { RedactedText } from "@/components/state/redacted-text";
import { Button } from "@/components/ui/button";
import type { ShadowDecisionWire } from "@/lib/contracts/shadow-decision";
import { draftPath } from "@/lib/paths";
import { useNames } from "@/lib/queries/names";
import { differenceWords, wentWords } from "./shadow-words";

type ShadowDecisionsProps = {
  decisions: readonly ShadowDecisionWire[];
  onMore: (() => void) | undefined;
  pending: boolean;
};

/** One by one: the draft, what the shadow route would have done, and what was decided. */
export function ShadowDecisions({ decisions, onMore, pending }: ShadowDecisionsProps) {
  const name = useNames();
  return (
    <>
      <ul className="flex flex-col">
        {decisions.map((decision) => (
          <li
            key={decision.shadow_decision_id}
            className="flex flex-col gap-0.5 border-t border-border py-2 text-12 leading-5"
          >
            <p className="flex min-w-0 items-baseline gap-3">
              {decision.title ? (
                <Link href={draftPath(decision.draft_id)} className="link min-w-0 truncate text-13">
                  <RedactedText text={decision.title} />
                </Link>
              ) : (
                <span className="text-muted-foreground">a draft that is gone</span>
              )}
              <RelativeTime value={decision.at_ms} className="ml-auto text-muted-foreground" />
            </p>
            <p className="break-words">
              <b className="font-medium">{decision.route_name}</b> would have sent it to{" "}
              {wentWords(decision, name)}; {decision.moment === "published" ? "it was sent" : "it was to go"}{" "}
              to {wentWords(decision.actual, name)}.{" "}
              <span className="text-muted-foreground">Difference: {differenceWords(decision)}.</span>
            </p>
          </li>
        ))}
      </ul>
      {onMore ? (
        <Button size="sm" className="w-fit touch:h-11" pending={pending} onClick={onMore}>
          Show older
        </Button>
      ) : null}
    </>
  );
}
