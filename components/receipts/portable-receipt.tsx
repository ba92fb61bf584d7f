"use client";

import { Download } from "lucide-react";
import { ActionFailure } from "@/components/layout/action-failure";
import { useAnnounce } from "@/components/layout/announcer";
import { Section } from "@/components/layout/section";
import { Button } from "@/components/ui/button";
import type { PostWire } from "@/lib/contracts/post";
import { verifyReceiptPath } from "@/lib/paths";
import { useDownloadReceipt } from "@/lib/queries/portable-receipt";

/** The receipt as a file that proves itself: there once the delivery has ended, and a moment later sealed. */
export function PortableReceipt({ post }: { post: PostWire }) {
  const download = useDownloadReceipt(post.post_id);
  const announce = useAnnounce();
  return (
    <Section
      title="Portable receipt"
      aside={
        <a href={verifyReceiptPath()} className="link">
          Verify one
        </a>
      }
    >
      {hasEnded(post.state) ? (
        <Button
          className="self-start touch:h-11"
          pending={download.isPending}
          onClick={() =>
            download.mutate(undefined, { onSuccess: (name) => announce(`${name} is downloaded.`) })
          }
        >
          <Download aria-hidden />
          Download the receipt
        </Button>
      ) : (
        <p className="text-13">
          {post.state === "cancelled"
            ? "It was cancelled before it left: there is nothing to prove."
            : "It can be downloaded once the delivery has ended."}
        </p>
      )}
      {download.isError ? <ActionFailure what="It is not downloaded." error={download.error} /> : null}
      <p className="text-12 text-muted-foreground">
        Digests, approvals and attempts with their entries of the audit, verified offline by anybody. No
        payload is in it.
      </p>
    </Section>
  );
}

const hasEnded = (state: PostWire["state"]) =>
  state === "published" || state === "failed" || state === "blocked";
