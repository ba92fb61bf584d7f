"use client";

import { ReceiptText } from "lucide-react";
import { shortId } from "@/components/drafts/draft-words";
import { Fact, Facts } from "@/components/layout/facts";
import { IdText } from "@/components/layout/id-text";
import { RelativeTime } from "@/components/layout/relative-time";
import { CopyButton } from "@/components/ui/copy-button";
import type { PostDetailWire } from "@/lib/contracts/post";
import { draftPath, incidentPath } from "@/lib/paths";
import { ApprovalFacts } from "./approval-facts";
import { Perforation } from "./perforation";
import { operationWords, routeWords } from "./post-words";
import { eventOf } from "./signed-delivery";

/** The perforated slip: what identifies this delivery, what it carried, and on whose word it left. */
export function ReceiptSlip({ detail }: { detail: PostDetailWire }) {
  const { post, payload } = detail;
  const signed = post.destination_kind === "webhook";
  return (
    <div className="flex flex-col gap-3 rounded-sm border border-border bg-card px-5 pt-5 pb-4">
      <div className="flex min-w-0 items-center gap-2">
        <ReceiptText aria-hidden className="size-4 flex-none" />
        <h2 className="text-14 font-semibold">Receipt</h2>
        <IdText id={post.post_id} kind="receipt id" className="ml-auto" />
      </div>
      <Perforation />
      <Facts className="[--term:80px]">
        <IdFact term="Delivery" id={post.delivery_id} />
        <IdFact term="Key" id={post.idempotency_key} kind="idempotency key" />
        <Fact term="Operation">{operationWords(post.operation)}</Fact>
        {post.target_ref ? <IdFact term="Target" id={post.target_ref} /> : null}
        {signed ? <IdFact term="Event" id={eventOf(payload)} /> : null}
        {post.external_id ? <IdFact term="External" id={post.external_id} kind="external id" /> : null}
        <IdFact term="Payload" id={post.payload_digest} kind="payload digest" prefix="sha256" />
        {signed ? <Fact term="Signature">tandem_hmac_sha256_v1 and Standard Webhooks</Fact> : null}
      </Facts>
      <Perforation />
      <ApprovalFacts detail={detail} />
      <Perforation />
      <Facts className="[--term:80px]">
        <Fact term="Draft">
          <IdText
            id={post.draft_id}
            kind="draft id"
            href={draftPath(post.draft_id)}
            words={shortId(post.draft_id)}
            className="max-w-full"
          />
        </Fact>
        {post.incident_id ? (
          <Fact term="Incident">
            <IdText
              id={post.incident_id}
              kind="incident id"
              href={incidentPath(post.incident_id)}
              words={shortId(post.incident_id)}
              className="max-w-full"
            />
          </Fact>
        ) : null}
        {post.route_match_reason ? <Fact term="Route">{routeWords(post.route_match_reason)}</Fact> : null}
        <Fact term="Queued">
          <RelativeTime value={post.created_at_ms} />
        </Fact>
      </Facts>
    </div>
  );
}

type IdFactProps = { term: string; id: string; kind?: string; prefix?: string };

function IdFact({ term, id, kind, prefix }: IdFactProps) {
  return (
    <Fact term={term} mono>
      <span className="flex min-w-0 items-center gap-1">
        {prefix ? <span className="flex-none text-muted-foreground">{prefix}</span> : null}
        <span className="truncate" title={id}>
          {id}
        </span>
        <CopyButton value={id} label={`Copy ${kind ?? term.toLowerCase()}`} />
      </span>
    </Fact>
  );
}
