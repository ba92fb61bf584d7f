"use client";

import { useQuery } from "@tanstack/react-query";
import { signOut } from "next-auth/react";
import { useState } from "react";
import { ActionFailure } from "@/components/layout/action-failure";
import { LoadingRows } from "@/components/layout/loading-rows";
import { notify } from "@/components/layout/notify";
import { QueryFailure } from "@/components/layout/query-failure";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { ConfirmDialog } from "@/components/settings/confirm-dialog";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { OwnSessionWire } from "@/lib/contracts/account";
import { signInPath } from "@/lib/paths";
import { ownSessionsQuery, useRevokeOtherSessions, useRevokeOwnSession } from "@/lib/queries/account";
import { browserWords } from "./browser-words";

/** Where this person is signed in; each can be ended from here. */
export function OwnSessions() {
  const [asking, setAsking] = useState(false);
  const sessions = useQuery(ownSessionsQuery());
  const revoke = useRevokeOwnSession();
  const revokeOthers = useRevokeOtherSessions();
  const rows = sessions.data ?? [];
  const error = revoke.error ?? revokeOthers.error;
  const ended = (count: number) =>
    notify("approved", count === 1 ? "One session has ended" : `${count} sessions have ended`);

  return (
    <Section
      title="Sessions"
      count={sessions.data ? rows.length : undefined}
      aside={
        rows.length > 1 ? (
          <Button
            size="sm"
            className="touch:h-11"
            pending={revokeOthers.isPending}
            onClick={() => setAsking(true)}
          >
            End all others
          </Button>
        ) : null
      }
    >
      {error ? <ActionFailure what="The sessions go on." error={error} /> : null}
      {sessions.data ? (
        <ul className="border-t border-border">
          {rows.map((session) => (
            <SessionRow
              key={session.session_id}
              session={session}
              pending={revoke.isPending && revoke.variables === session.session_id}
              onEnd={() =>
                session.current
                  ? void signOut({ callbackUrl: signInPath() })
                  : revoke.mutate(session.session_id, { onSuccess: () => ended(1) })
              }
            />
          ))}
        </ul>
      ) : sessions.error ? (
        <QueryFailure
          error={sessions.error}
          what="Your sessions"
          onRetry={() => void sessions.refetch()}
          retrying={sessions.isFetching}
          className="p-0"
        />
      ) : (
        <LoadingRows what="sessions" count={2} />
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="End all other sessions?"
        confirm="End them"
        onConfirm={() => revokeOthers.mutate(undefined, { onSuccess: ({ revoked }) => ended(revoked) })}
      >
        <p>Whoever is signed in as you elsewhere is out within seconds. This session goes on.</p>
      </ConfirmDialog>
    </Section>
  );
}

type SessionRowProps = { session: OwnSessionWire; pending: boolean; onEnd: () => void };

function SessionRow({ session, pending, onEnd }: SessionRowProps) {
  const browser = browserWords(session.user_agent);
  return (
    <li className="flex items-center gap-3 border-b border-border py-2.5" data-testid="own-session">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium" title={session.user_agent}>
            {browser}
          </span>
          {session.current ? <Badge variant="outline">this one</Badge> : null}
        </p>
        <p className="text-12 text-muted-foreground">
          {session.signed_in_by === "provider" ? "Signed in through the provider " : "Signed in "}
          <RelativeTime value={session.created_at_ms} />, last seen{" "}
          <RelativeTime value={session.last_seen_at_ms} />
        </p>
      </div>
      <Button
        size="sm"
        className="flex-none touch:h-11"
        pending={pending}
        onClick={onEnd}
        aria-label={session.current ? "Sign out of this session" : `End the session of ${browser}`}
      >
        {session.current ? "Sign out" : "End"}
      </Button>
    </li>
  );
}
