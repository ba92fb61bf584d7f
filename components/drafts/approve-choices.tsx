"use client";

import { operationWords } from "@/components/receipts/post-words";
import { Field } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { Textarea } from "@/components/ui/textarea";
import type { DestinationReviewWire, DraftReviewWire } from "@/lib/contracts/review";
import { ApproveFacts } from "./approve-facts";
import { DestinationChoice } from "./destination-choice";
import { limitWords, listWords, reasonSentences, shortDigest } from "./draft-words";

type ApproveChoicesProps = {
  review: DraftReviewWire;
  chosen: ReadonlySet<string>;
  onChoose: (chosen: Set<string>) => void;
  reason: string;
  onReason: (reason: string) => void;
  expiresInMs: number;
  onExpiresInMs: (ms: number) => void;
  onSeePayload: (destinationId: string) => void;
};

const hour = 3_600_000;

/** The left half: destinations, why and by which rule, the reason on the record, and for how long. */
export function ApproveChoices(props: ApproveChoicesProps) {
  const { review, chosen, onChoose, reason, onReason, expiresInMs, onExpiresInMs, onSeePayload } = props;
  const offered = review.destinations.filter((each) => each.effective);
  // Who adds an approval to another's covers the same: approvals of different destinations never add up.
  const fixed = review.approval.quorum.destination_ids;
  const limits = [...new Set([4 * hour, 24 * hour, 72 * hour, review.approval.ttl_ms])].sort((a, b) => a - b);
  function choose(id: string, on: boolean) {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    onChoose(next);
  }
  return (
    <>
      <fieldset className="min-w-0">
        <legend className="flex w-full items-baseline justify-between">
          <span className="section-head">Destinations</span>
          <span className="text-12 text-muted-foreground">
            {chosen.size} of {offered.length}
          </span>
        </legend>
        <ul>
          {offered.map((each) => (
            <DestinationChoice
              key={each.destination_id}
              destination={each}
              checked={chosen.has(each.destination_id)}
              disabled={!each.payload || !each.allowed || fixed !== undefined}
              onCheckedChange={(on) => choose(each.destination_id, on)}
              help={helpOf(each)}
              onSeePayload={each.payload ? () => seePayload(each.destination_id, onSeePayload) : undefined}
            />
          ))}
        </ul>
      </fieldset>
      {fixed ? (
        <p className="text-12 text-muted-foreground">
          As {listWords(review.approval.quorum.counted.map(({ actor }) => actor.name))} approved; all cover
          the same.
        </p>
      ) : null}
      <ApproveFacts review={review} limitMs={expiresInMs} />
      <Field label="Reason" note="(on the record)">
        <Textarea
          autoFocus={!touches()}
          rows={2}
          maxLength={4_000}
          value={reason}
          placeholder="What you checked"
          onChange={(event) => onReason(event.target.value)}
        />
      </Field>
      <div className="flex flex-wrap items-center gap-2">
        <span aria-hidden className="text-[12.5px] font-medium">
          Expires after
        </span>
        <Segmented
          label="Expires after"
          className="ml-auto"
          value={String(expiresInMs)}
          onValueChange={(value) => onExpiresInMs(Number(value))}
          options={limits.map((ms) => ({ value: String(ms), label: limitWords(ms) }))}
        />
      </div>
      <p className="font-mono text-12 text-muted-foreground md:hidden">sha256 {shortDigest(review.digest)}</p>
    </>
  );
}

function helpOf(destination: DestinationReviewWire): string {
  if (!destination.allowed) return "The source does not allow it.";
  const why = [...destination.missing, ...(destination.render_error ? [destination.render_error] : [])];
  if (!destination.payload) return why.length > 0 ? reasonSentences(why) : "No payload can be made for it.";
  if (!destination.ready) return `${reasonSentences(why)} It can be approved now and sent once it is ready.`;
  return `${operationWords(destination.payload.operation)}, ${destination.payload.byte_length.toLocaleString("en-GB")} bytes.`;
}

function seePayload(destinationId: string, show: (destinationId: string) => void) {
  show(destinationId);
  document.getElementById("approve-payloads")?.scrollIntoView({ block: "start" });
}

/** With a finger the keyboard would cover the sheet before it is read. */
function touches(): boolean {
  return window.matchMedia("(pointer: coarse)").matches;
}
