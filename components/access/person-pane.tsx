"use client";

import { useQuery } from "@tanstack/react-query";
import { LoadingRows } from "@/components/layout/loading-rows";
import { QueryFailure } from "@/components/layout/query-failure";
import { RelativeTime } from "@/components/layout/relative-time";
import { PaneHeader } from "@/components/settings/pane-header";
import { StateLabel } from "@/components/state/state-label";
import { userQuery } from "@/lib/queries/access";
import { PersonForm } from "./person-form";
import { PersonPassword } from "./person-password";
import { PersonSessions } from "./person-sessions";
import { PersonStanding } from "./person-standing";

type PersonPaneProps = { userId: string; canManage: boolean; isOwn: boolean; onBack: () => void };

/** One person: name and roles, sessions, and whether they may come in at all. */
export function PersonPane({ userId, canManage, isOwn, onBack }: PersonPaneProps) {
  const found = useQuery(userQuery(userId));
  const user = found.data;
  if (!user) {
    return found.isPending ? (
      <LoadingRows what="the person" shape="form" className="p-6" />
    ) : (
      <QueryFailure
        error={found.error ?? new Error("not found")}
        what="This person"
        onRetry={() => found.refetch()}
        retrying={found.isFetching}
      />
    );
  }
  return (
    <div className="flex flex-col gap-6 px-4 py-5 md:px-6">
      <PaneHeader
        title={user.name}
        meta={
          <>
            {user.email} · since <RelativeTime value={user.created_at_ms} />
          </>
        }
        actions={user.disabled_at_ms === undefined ? null : <StateLabel state="disabled" />}
        backLabel="Back to people"
        onBack={onBack}
      />
      <PersonForm user={user} canManage={canManage} isOwn={isOwn} />
      <PersonSessions user={user} canEnd={canManage || isOwn} isOwn={isOwn} />
      {canManage && !isOwn && user.disabled_at_ms === undefined ? <PersonPassword user={user} /> : null}
      {canManage ? <PersonStanding user={user} isOwn={isOwn} onRemoved={onBack} /> : null}
    </div>
  );
}
