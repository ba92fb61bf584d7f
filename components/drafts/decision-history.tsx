import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { RedactedText } from "@/components/state/redacted-text";
import { StateLabel } from "@/components/state/state-label";
import type { StateName } from "@/components/state/state-map";
import { Badge } from "@/components/ui/badge";
import type { ApprovalWire } from "@/lib/contracts/draft";
import { Disclosure } from "./disclosure";
import { counted, reasonWords } from "./draft-words";
import { TextChanges } from "./text-changes";

const looks: Record<ApprovalWire["state"], { state: StateName; word?: string }> = {
  granted: { state: "approved" },
  denied: { state: "denied" },
  withdrawn: { state: "approvalVoided", word: "Withdrawn" },
  voided: { state: "approvalVoided" },
  expired: { state: "approvalExpired" },
};

type DecisionHistoryProps = { history: readonly ApprovalWire[]; myId: string | undefined };

/** Who decided what, when and why; the newest first. Nothing is ever taken off it. */
export function DecisionHistory({ history, myId }: DecisionHistoryProps) {
  return (
    <Section title="Decisions" count={history.length === 0 ? "none yet" : history.length}>
      {history.length > 0 ? (
        <ol className="-mt-1">
          {history.map((entry) => (
            <li key={entry.approval_id} className="border-b border-border py-2 last:border-b-0">
              <p className="flex flex-wrap items-center gap-x-2">
                <StateLabel {...looks[entry.state]} />
                {entry.break_glass ? <Badge>break-glass</Badge> : null}
                <span>
                  {entry.state === "granted" || entry.state === "denied" ? "by" : "given by"}{" "}
                  <b className="font-medium">{entry.actor.id === myId ? "you" : entry.actor.name}</b>
                </span>
                <RelativeTime value={entry.created_at_ms} className="ml-auto text-12 text-muted-foreground" />
              </p>
              <p className="pl-[21px]">
                {entry.reason ? <RedactedText text={entry.reason} /> : "No reason was given."}
              </p>
              <p className="pl-[21px] text-12 text-muted-foreground">{remark(entry)}</p>
              {entry.ended_diff?.length ? (
                <Disclosure className="pl-[21px]" summary="What changed">
                  <TextChanges changes={entry.ended_diff} />
                </Disclosure>
              ) : null}
            </li>
          ))}
        </ol>
      ) : null}
    </Section>
  );
}

function remark(entry: ApprovalWire): string {
  if (entry.ended_reason?.length) return `Ended: ${reasonWords(entry.ended_reason)}.`;
  if (entry.state === "denied") return "Nothing leaves.";
  const share = entry.needed > 1 ? `One of ${entry.needed} needed. ` : "";
  return `${share}Covers ${counted(entry.destination_ids.length, "payload")}: ${entry.destination_ids.join(", ")}.`;
}
