"use client";

import { ExternalLink, SquareTerminal } from "lucide-react";
import { useAnnounce } from "@/components/layout/announcer";
import { notify } from "@/components/layout/notify";
import { RecordHeader } from "@/components/layout/record-header";
import { RelativeTime } from "@/components/layout/relative-time";
import { useShortcuts } from "@/components/layout/use-shortcuts";
import { isWebLink } from "@/components/layout/web-link";
import { RedactedText } from "@/components/state/redacted-text";
import { StateLabel } from "@/components/state/state-label";
import { Button } from "@/components/ui/button";
import type { PostDetailWire } from "@/lib/contracts/post";
import { useNames } from "@/lib/queries/names";
import { deliverySentence, destinationName } from "./post-words";
import { ReceiptActions } from "./receipt-actions";
import { curlOf } from "./receipt-command";

/** How it ended, where, what of, and the delivery in a sentence. */
export function ReceiptHeader({ detail }: { detail: PostDetailWire }) {
  const { post } = detail;
  const announce = useAnnounce();
  async function copyCurl() {
    try {
      await navigator.clipboard.writeText(curlOf(detail, location.origin));
      announce("Copied as curl");
      notify("ready", "Copied as curl", {
        description: "The secret stays a variable: set it before you run it.",
      });
    } catch {
      notify("blocked", "The browser refused to copy", {
        description: "Allow clipboard access for this page.",
      });
    }
  }
  useShortcuts([{ keys: "c", label: "Copy as curl", group: "Receipt", run: () => void copyCurl() }]);
  const destination = destinationName(post, useNames());
  const external = post.external_url && isWebLink(post.external_url) ? post.external_url : undefined;
  return (
    <RecordHeader
      eyebrow={
        <>
          <StateLabel facet="delivery" value={post.state} pill />
          <span>
            {destination}, <RelativeTime value={post.updated_at_ms} />
          </span>
        </>
      }
      title={<RedactedText text={post.title} />}
      actions={
        <>
          {external ? (
            <Button asChild>
              <a href={external} target="_blank" rel="noopener noreferrer">
                <ExternalLink aria-hidden />
                Open at {destination}
                <span className="sr-only"> (opens in a new tab)</span>
              </a>
            </Button>
          ) : null}
          <ReceiptActions post={post} />
          <Button onClick={() => void copyCurl()}>
            <SquareTerminal aria-hidden />
            Copy as curl
          </Button>
        </>
      }
    >
      <span>{deliverySentence(detail)}</span>
    </RecordHeader>
  );
}
