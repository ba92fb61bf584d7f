"use client";

import { Ban, RotateCw, Search, Stamp } from "lucide-react";
import { useRef, useState } from "react";
import { ActionFailure } from "@/components/layout/action-failure";
import { useAnnounce } from "@/components/layout/announcer";
import { LockedAction } from "@/components/layout/locked-action";
import { notify } from "@/components/layout/notify";
import { ConfirmDialog } from "@/components/settings/confirm-dialog";
import { Button } from "@/components/ui/button";
import type { PostWire } from "@/lib/contracts/post";
import { useCancelPost, useReconcilePost, useRetryPosts } from "@/lib/queries/posts";
import { usePermission } from "@/lib/queries/session";
import { actionsFor } from "./post-actions";
import { ResolveDialog } from "./resolve-dialog";

/** What a person can do about a delivery as it stands: send it again, end it, ask about it, say what came of it. */
export function ReceiptActions({ post }: { post: PostWire }) {
  const allowed = actionsFor(post);
  const permission = usePermission("publish");
  const retry = useRetryPosts();
  const cancel = useCancelPost(post.post_id);
  const reconcile = useReconcilePost(post.post_id);
  const announce = useAnnounce();
  const [asking, setAsking] = useState<"cancel" | "resolve" | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  if (allowed.length === 0) return null;
  if (!permission.allowed) {
    return (
      <LockedAction unlocks="Acting on a delivery needs the approver or admin role.">
        {allowed[0]?.word ?? "Act"}
      </LockedAction>
    );
  }
  const error = retry.error ?? cancel.error ?? reconcile.error;

  function send() {
    retry.mutate([post.post_id], {
      onSuccess: ([result]) => {
        if (!result || result.outcome === "queued") {
          notify("ready", "Queued again", { description: "The same bytes under the same key." });
          announce("Queued again.");
        } else notify("blocked", "Not sent again", { description: result.message });
      },
    });
  }
  function ask() {
    reconcile.mutate(undefined, {
      onSuccess: ({ found, message }) => {
        notify(found === "happened" ? "published" : "ambiguous", foundWords[found], { description: message });
        announce(`${foundWords[found]}. ${message}`);
      },
    });
  }

  return (
    <>
      {allowed.map(({ action, word }) => (
        <Button
          key={action}
          ref={action === "resolve" ? opener : undefined}
          pending={(action === "retry" && retry.isPending) || (action === "reconcile" && reconcile.isPending)}
          onClick={
            action === "retry"
              ? send
              : action === "reconcile"
                ? ask
                : () => setAsking(action === "cancel" ? "cancel" : "resolve")
          }
        >
          {action === "retry" ? <RotateCw aria-hidden /> : null}
          {action === "cancel" ? <Ban aria-hidden /> : null}
          {action === "reconcile" ? <Search aria-hidden /> : null}
          {action === "resolve" ? <Stamp aria-hidden /> : null}
          {word}
        </Button>
      ))}
      {error ? (
        <div className="basis-full">
          <ActionFailure what="Nothing was done." error={error} />
        </div>
      ) : null}
      <ConfirmDialog
        open={asking === "cancel"}
        onOpenChange={(open) => setAsking(open ? "cancel" : null)}
        title="Cancel this delivery?"
        confirm="Cancel the delivery"
        cancel="Keep it"
        onConfirm={() => cancel.mutate()}
      >
        It ends unsent. An attempt that is under way at this moment cannot be called back. It can be sent
        again later.
      </ConfirmDialog>
      {asking === "resolve" ? (
        <ResolveDialog post={post} opener={opener.current} onClose={() => setAsking(null)} />
      ) : null}
    </>
  );
}

const foundWords = {
  happened: "It had its effect",
  not_there: "It is not there",
  not_known_yet: "Not known yet",
} as const;
