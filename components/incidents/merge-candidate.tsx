import { Check, X } from "lucide-react";
import { RelativeTime } from "@/components/layout/relative-time";
import { RedactedText } from "@/components/state/redacted-text";
import { Checkbox } from "@/components/ui/checkbox";
import { Choice } from "@/components/ui/choice";
import type { MergeCandidatesWire } from "@/lib/contracts/grouping";
import { identityValue, identityWord } from "./identity-words";

type Candidate = MergeCandidatesWire["candidates"][number];
type MergeCandidateProps = { candidate: Candidate; chosen: boolean; onChange: (on: boolean) => void };

/** One incident that is alike: what agrees in a line, what differs side by side. */
export function MergeCandidate({ candidate, chosen, onChange }: MergeCandidateProps) {
  const agreed = candidate.parts.filter((part) => part.agrees);
  const differing = candidate.parts.filter((part) => !part.agrees);
  return (
    <li className="border-b border-border py-2.5 last:border-b-0">
      <Choice
        label={
          <span className="font-medium wrap-anywhere">
            <RedactedText text={candidate.title} />
          </span>
        }
        help={
          <>
            {candidate.alike} % alike, {candidate.occurrence_count.toLocaleString("en-GB")}×, last{" "}
            <RelativeTime value={candidate.last_seen_at_ms} />
          </>
        }
      >
        <Checkbox checked={chosen} onCheckedChange={(on) => onChange(on === true)} />
      </Choice>
      <div className="mt-1.5 flex flex-col gap-1 pl-6 text-12">
        {agreed.length > 0 ? (
          <p className="flex gap-1.5 text-muted-foreground">
            <Check aria-hidden className="mt-0.5 size-3.5 flex-none" />
            <span>Same: {agreed.map((part) => identityWord(part.name).toLowerCase()).join(", ")}</span>
          </p>
        ) : null}
        {differing.map((part) => (
          <div key={part.name} className="flex gap-1.5">
            <X aria-hidden className="mt-0.5 size-3.5 flex-none text-muted-foreground" />
            <dl className="grid min-w-0 flex-1 gap-x-3 sm:grid-cols-[7rem_minmax(0,1fr)_minmax(0,1fr)]">
              <dt className="text-muted-foreground">{identityWord(part.name)}</dt>
              <dd className="font-mono wrap-anywhere">
                <span className="font-sans text-muted-foreground">here </span>
                {part.own === undefined ? "none" : <RedactedText text={identityValue(part.name, part.own)} />}
              </dd>
              <dd className="font-mono wrap-anywhere">
                <span className="font-sans text-muted-foreground">there </span>
                {part.other === undefined ? (
                  "none"
                ) : (
                  <RedactedText text={identityValue(part.name, part.other)} />
                )}
              </dd>
            </dl>
          </div>
        ))}
      </div>
    </li>
  );
}
