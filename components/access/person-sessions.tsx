"use client";

import { useQuery } from "@tanstack/react-query";
import { LoadingRows } from "@/components/layout/loading-rows";
import { notify } from "@/components/layout/notify";
import { notifyFailure } from "@/components/layout/notify-failure";
import { QueryFailure } from "@/components/layout/query-failure";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { UserSessionWire, UserWire } from "@/lib/contracts/access";
import { useRevokeSession, useRevokeUserSessions, userSessionsQuery } from "@/lib/queries/access";
import { browserWord } from "./access-words";

type PersonSessionsProps = { user: UserWire; canEnd: boolean; isOwn: boolean };

/** Where a person is signed in. Ending is at once; they may sign in again. */
export function PersonSessions({ user, canEnd, isOwn }: PersonSessionsProps) {
  const list = useQuery(userSessionsQuery(user.user_id));
  const endAll = useRevokeUserSessions();
  const sessions = list.data ?? [];
  const others = sessions.filter((each) => !each.current);
  const failed = (error: Error) => notifyFailure("The sessions go on", error);
  return (
    <Section
      title="Sessions"
      count={list.data?.length}
      aside={
        canEnd && others.length > 1 ? (
          <Button
            size="xs"
            className="touch:h-11"
            pending={endAll.isPending}
            onClick={() =>
              endAll.mutate(user.user_id, {
                onSuccess: ({ ended }) => notify("cancelled", `${ended} sessions ended`),
                onError: failed,
              })
            }
          >
            {isOwn ? "End all others" : "End all"}
          </Button>
        ) : null
      }
    >
      {list.isPending ? (
        <LoadingRows what="sessions" count={1} shape="table" />
      ) : list.isError && !list.data ? (
        <QueryFailure
          error={list.error}
          what="The sessions"
          onRetry={() => void list.refetch()}
          retrying={list.isFetching}
          className="p-0"
        />
      ) : sessions.length === 0 ? (
        <p className="text-muted-foreground">Not signed in anywhere.</p>
      ) : (
        <ul className="border-t border-border">
          {sessions.map((session) => (
            <SessionRow key={session.session_id} session={session} canEnd={canEnd} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function SessionRow({ session, canEnd }: { session: UserSessionWire; canEnd: boolean }) {
  const end = useRevokeSession();
  const browser = browserWord(session.user_agent);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-border py-2">
      <div className="min-w-0 flex-1 basis-48">
        <p title={session.user_agent}>
          {browser} {session.current ? <Badge>this one</Badge> : null}
        </p>
        <p className="text-12 text-muted-foreground">
          seen <RelativeTime value={session.last_seen_at_ms} /> · signed in{" "}
          <RelativeTime value={session.created_at_ms} />
        </p>
      </div>
      {canEnd && !session.current ? (
        <Button
          size="xs"
          className="touch:h-11"
          aria-label={`End the session in ${browser}`}
          pending={end.isPending}
          onClick={() =>
            end.mutate(session.session_id, {
              onSuccess: () => notify("cancelled", "The session ended", { description: browser }),
              onError: (error) => notifyFailure("The session goes on", error),
            })
          }
        >
          End
        </Button>
      ) : null}
    </li>
  );
}
