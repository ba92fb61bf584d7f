"use client";

import { RotateCw } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { ActionFailure } from "@/components/layout/action-failure";
import { useAnnounce } from "@/components/layout/announcer";
import { ConfirmDialog } from "@/components/settings/confirm-dialog";
import { plural } from "@/components/settings/words";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { PostWire } from "@/lib/contracts/post";
import { receiptPath } from "@/lib/paths";
import { type NameOf, useNames } from "@/lib/queries/names";
import { useRetryPosts } from "@/lib/queries/posts";
import { usePermission } from "@/lib/queries/session";
import { retryable } from "./post-actions";
import { destinationName } from "./post-words";

const most = 200;
const shownMax = 20;

/** The dead letters of the list, sent again together; what cannot be sent says why, each for itself. */
export function RetryAll({ posts }: { posts: readonly PostWire[] }) {
  const ready = retryable(posts).slice(0, most);
  const ids = ready.map((post) => post.post_id);
  const [asked, setAsked] = useState<readonly PostWire[]>([]);
  const permission = usePermission("publish");
  const [open, setOpen] = useState(false);
  const retry = useRetryPosts();
  const announce = useAnnounce();
  const name = useNames();
  const results = retry.data ?? [];
  const queued = results.filter(({ outcome }) => outcome === "queued").length;
  const refused = results.filter(({ outcome }) => outcome !== "queued");
  if (!permission.allowed || (ids.length === 0 && results.length === 0)) return null;
  return (
    <div className="flex flex-col gap-2 border-b border-border px-4 py-2 md:px-6">
      {ids.length > 0 ? (
        <Button
          size="sm"
          className="w-fit touch:h-11"
          pending={retry.isPending}
          onClick={() => setOpen(true)}
        >
          <RotateCw aria-hidden />
          Send {ids.length} again
        </Button>
      ) : null}
      {retry.isError ? <ActionFailure what="Nothing was sent again." error={retry.error} /> : null}
      {results.length > 0 ? (
        <Alert
          tone={refused.length > 0 ? "waiting" : "passed"}
          title={`${queued} of ${results.length} queued again.`}
        >
          {refused.length > 0 ? (
            <ul className="flex flex-col gap-1">
              {refused.slice(0, shownMax).map(({ post_id, message }) => (
                <li key={post_id} className="break-words">
                  <Link href={receiptPath(post_id)} className="link">
                    {deliveryWords(
                      asked.find((each) => each.post_id === post_id),
                      name,
                    )}
                  </Link>
                  : {message ?? "not sent again"}
                </li>
              ))}
              {refused.length > shownMax ? <li>and {refused.length - shownMax} more</li> : null}
            </ul>
          ) : null}
        </Alert>
      ) : null}
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Send ${plural(ids.length, "delivery", "deliveries")} again?`}
        confirm="Send again"
        destructive={false}
        onConfirm={() => {
          setAsked(ready);
          retry.mutate(ids, {
            onSuccess: (each) => {
              const sent = each.filter(({ outcome }) => outcome === "queued").length;
              announce(`${sent} of ${each.length} queued again.`);
            },
          });
        }}
      >
        Each goes with its own bytes under its own key, if its approval still stands and its destination is
        ready. What would be other bytes waits for a new approval.
      </ConfirmDialog>
    </div>
  );
}

const deliveryWords = (post: PostWire | undefined, name: NameOf) =>
  post ? `${post.title}, to ${destinationName(post, name)}` : "A delivery";
