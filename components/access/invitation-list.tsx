"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { notifyFailure } from "@/components/layout/notify-failure";
import { QueryFailure } from "@/components/layout/query-failure";
import { RelativeTime } from "@/components/layout/relative-time";
import { ConfirmDialog } from "@/components/settings/confirm-dialog";
import { Button } from "@/components/ui/button";
import type { InvitationWire, MadeInvitationWire } from "@/lib/contracts/access";
import { invitationsQuery, useRenewInvitation, useRevokeInvitation } from "@/lib/queries/access";
import { useNames } from "@/lib/queries/names";
import { rolesWords } from "./access-words";

/** Who is invited and has not come yet. The link itself is never shown again, only replaced. */
export function InvitationList({
  canManage,
  onLink,
}: {
  canManage: boolean;
  onLink: (made: MadeInvitationWire) => void;
}) {
  const list = useQuery(invitationsQuery());
  const name = useNames();
  const renew = useRenewInvitation();
  const revoke = useRevokeInvitation();
  const [ending, setEnding] = useState<InvitationWire | null>(null);
  const failed = (title: string) => (error: Error) => notifyFailure(title, error);
  const invitations = list.data?.invitations ?? [];
  if (list.isError && !list.data) {
    return (
      <QueryFailure
        error={list.error}
        what="The invitations"
        onRetry={() => void list.refetch()}
        retrying={list.isFetching}
      />
    );
  }
  if (invitations.length === 0) return null;
  return (
    <section aria-label="Invitations" className="border-b border-border">
      <h2 className="section-head flex items-baseline gap-2 px-4 pt-3 pb-1">
        Invited
        <span className="text-12 font-normal text-muted-foreground">{invitations.length}</span>
      </h2>
      <ul>
        {invitations.map((each) => (
          <li
            key={each.invitation_id}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-border px-4 py-2"
          >
            <div className="min-w-0 flex-1 basis-48">
              <p className="truncate" title={each.email}>
                {each.email}
              </p>
              <p className="text-12 text-muted-foreground">
                {rolesWords(each, name)} · {each.state === "open" ? "link ends " : "link ended "}
                <RelativeTime value={each.expires_at_ms} />
              </p>
            </div>
            {canManage ? (
              <span className="flex flex-none gap-1">
                <Button
                  size="xs"
                  className="touch:h-11"
                  aria-label={`New link for ${each.email}`}
                  pending={renew.isPending && renew.variables === each.invitation_id}
                  onClick={() =>
                    renew.mutate(each.invitation_id, {
                      onSuccess: onLink,
                      onError: failed("There is no new link"),
                    })
                  }
                >
                  New link
                </Button>
                <Button
                  size="xs"
                  className="touch:h-11"
                  aria-label={`Take back the invitation of ${each.email}`}
                  onClick={() => setEnding(each)}
                >
                  Take back…
                </Button>
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={ending !== null}
        onOpenChange={(open) => open || setEnding(null)}
        title="Take this invitation back?"
        confirm="Take it back"
        onConfirm={() =>
          ending && revoke.mutate(ending.invitation_id, { onError: failed("The invitation still stands") })
        }
      >
        <p>The link of {ending?.email} opens nothing any more. They can be invited again.</p>
      </ConfirmDialog>
    </section>
  );
}
