"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { EmptyState } from "@/components/layout/empty-state";
import { ListFoot } from "@/components/layout/list-foot";
import { LoadingRows } from "@/components/layout/loading-rows";
import { QueryFailure } from "@/components/layout/query-failure";
import { SearchBox } from "@/components/layout/search-box";
import { SplitPane } from "@/components/settings/split-pane";
import { useUrlSelection } from "@/components/settings/use-url-selection";
import { Button } from "@/components/ui/button";
import type { MadeInvitationWire } from "@/lib/contracts/access";
import { api } from "@/lib/paths";
import { userListQuery } from "@/lib/queries/access";
import { InvitationList } from "./invitation-list";
import { InviteDialog, LinkDialog } from "./invite-dialog";
import { PersonPane } from "./person-pane";
import { PersonRow } from "./person-row";

type PeopleTabProps = { initial: string | null; canManage: boolean; ownId: string | undefined };

/** Everybody who can sign in and who is invited; the chosen one's roles and sessions beside it. */
export function PeopleTab({ initial, canManage, ownId }: PeopleTabProps) {
  const { selected, select } = useUrlSelection("user", initial);
  const [search, setSearch] = useState("");
  const [inviting, setInviting] = useState(false);
  const [renewed, setRenewed] = useState<MadeInvitationWire | null>(null);
  const list = useInfiniteQuery(userListQuery(search ? { q: search } : {}));
  const users = list.data?.pages.flatMap((page) => page.users) ?? [];
  const people = (
    <>
      <div className="flex flex-wrap items-center gap-2 border-b border-border px-4 py-2">
        <SearchBox label="Search people" placeholder="Name or email" value={search} onSearch={setSearch} />
        <CopyApiCall path={api.users(search ? { q: search } : {})} />
        {canManage ? (
          <Button size="sm" className="ml-auto touch:h-11" onClick={() => setInviting(true)}>
            <UserPlus aria-hidden />
            Invite
          </Button>
        ) : null}
      </div>
      {search ? null : <InvitationList canManage={canManage} onLink={setRenewed} />}
      {list.isPending ? (
        <LoadingRows what="people" />
      ) : list.isError && !list.data ? (
        <QueryFailure
          error={list.error}
          what="People"
          onRetry={() => list.refetch()}
          retrying={list.isFetching}
        />
      ) : users.length === 0 ? (
        <EmptyState title="Nobody matches">No name or email holds “{search}”.</EmptyState>
      ) : (
        <>
          <h2 className="section-head flex items-baseline gap-2 px-4 pt-3 pb-1">
            People
            <span className="text-12 font-normal text-muted-foreground">{list.data?.pages[0]?.total}</span>
          </h2>
          <ul aria-label="People" className="border-t border-border">
            {users.map((user) => (
              <PersonRow
                key={user.user_id}
                user={user}
                isOwn={user.user_id === ownId}
                selected={user.user_id === selected}
                onSelect={() => select(user.user_id)}
              />
            ))}
          </ul>
          {list.hasNextPage ? (
            <ListFoot
              shown={users.length}
              total={list.data?.pages[0]?.total ?? users.length}
              what="people"
              hasMore
              loadingMore={list.isFetchingNextPage}
              failed={list.isFetchNextPageError}
              onMore={() => list.fetchNextPage()}
            />
          ) : null}
        </>
      )}
    </>
  );
  return (
    <>
      <SplitPane
        list={people}
        paneLabel="Chosen person"
        paneOpen={selected !== null}
        pane={
          selected ? (
            <PersonPane
              key={selected}
              userId={selected}
              canManage={canManage}
              isOwn={selected === ownId}
              onBack={() => select(null)}
            />
          ) : (
            <p className="px-6 py-10 text-center text-muted-foreground">
              Choose a person to see their roles and sessions.
            </p>
          )
        }
      />
      {inviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
      {renewed ? <LinkDialog made={renewed} onDone={() => setRenewed(null)} /> : null}
    </>
  );
}
