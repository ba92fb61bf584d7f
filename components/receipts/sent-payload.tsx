"use client";

import { useState } from "react";
import { CodeBlock } from "@/components/layout/code-block";
import { Section } from "@/components/layout/section";
import { countRedactions } from "@/components/state/parse-redactions";
import { RedactedText } from "@/components/state/redacted-text";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import type { PostDetailWire } from "@/lib/contracts/post";
import { SentIssue } from "./sent-issue";
import { issueOf } from "./sent-issue-text";
import { compactBody, eventOf } from "./signed-delivery";

const openLineMax = 24;

/** The exact body: an issue as it reads first, anything else as the JSON it is. Long ones open on demand; Copy has all of it. */
export function SentPayload({ detail }: { detail: PostDetailWire }) {
  const { post, payload } = detail;
  const [open, setOpen] = useState(false);
  const [form, setForm] = useState<"rendered" | "raw">("rendered");
  const issue = issueOf(post, payload);
  const lines = payload.split("\n");
  const shown = open ? lines : lines.slice(0, openLineMax);
  const hidden = lines.length - shown.length;
  const bytes = new TextEncoder().encode(compactBody(payload)).length;
  const redactions = countRedactions(payload);
  return (
    <Section
      title={titleOf(detail)}
      aside={`${(bytes / 1024).toFixed(1)} KB, ${redactions} ${redactions === 1 ? "redaction" : "redactions"}`}
    >
      {post.destination_kind === "webhook" ? <SentHeaders post={post} event={eventOf(payload)} /> : null}
      {issue ? (
        <Segmented
          label="How it is shown"
          className="w-fit"
          value={form}
          onValueChange={setForm}
          options={[
            { value: "rendered", label: "Rendered" },
            { value: "raw", label: "Raw" },
          ]}
        />
      ) : null}
      {issue && form === "rendered" ? (
        <SentIssue issue={issue} />
      ) : (
        <CodeBlock label="the payload" title="Body" copy={payload} className="relative">
          <div className="px-2.5 py-1 break-words whitespace-pre-wrap">
            <RedactedText text={shown.join("\n")} />
          </div>
          {hidden > 0 ? (
            <div className="border-t border-border px-2.5 pt-1.5 pb-0.5 font-sans">
              <Button size="xs" className="touch:h-11" onClick={() => setOpen(true)}>
                Show {hidden} more lines
              </Button>
            </div>
          ) : null}
        </CodeBlock>
      )}
    </Section>
  );
}

/** By what happened, not by how it ended: what was refused was sent as well. */
function titleOf({ post, attempts }: PostDetailWire): string {
  const left = attempts.some((each) => each.outcome !== "blocked") || post.state === "published";
  if (left) return "What was sent";
  return post.state === "cancelled" || post.state === "blocked" || post.state === "failed"
    ? "What would have been sent"
    : "What is to be sent";
}

function SentHeaders({ post, event }: { post: PostDetailWire["post"]; event: string }) {
  const rows = [
    ["x-tandem-event", event],
    ["x-tandem-delivery-id", post.delivery_id],
    ["idempotency-key", post.idempotency_key],
    ["webhook-id", post.delivery_id],
    ["x-tandem-signature", "t=<ms>,v1=<hex>, made anew for each attempt"],
  ] as const;
  return (
    <CodeBlock label="the request" title="Request">
      <div className="px-2.5 py-1 break-all">
        <div>POST {post.target_ref}</div>
        {rows.map(([name, value]) => (
          <div key={name}>
            <span className="text-muted-foreground">{name}:</span> {value}
          </div>
        ))}
      </div>
    </CodeBlock>
  );
}
