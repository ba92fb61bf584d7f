"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { EmptyState } from "@/components/layout/empty-state";
import { HintBar } from "@/components/layout/hint-bar";
import { LoadingRows } from "@/components/layout/loading-rows";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { QueryFailure } from "@/components/layout/query-failure";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { BreakGlassUseWire } from "@/lib/contracts/break-glass";
import { api } from "@/lib/paths";
import { breakGlassListQuery } from "@/lib/queries/approvals";
import { sessionQuery, usePermission } from "@/lib/queries/session";
import { BreakGlassRow } from "./break-glass-row";
import { ReviewDialog } from "./review-dialog";

/** Every time somebody approved alone around the rules, and what somebody else found of it. */
export function BreakGlassScreen() {
  const list = useInfiniteQuery(breakGlassListQuery());
  const myId = useQuery(sessionQuery()).data?.actor.id;
  const permission = usePermission("reviewBreakGlass");
  const [judged, setJudged] = useState<BreakGlassUseWire | null>(null);
  const uses = list.data?.pages.flatMap((page) => page.reviews) ?? [];
  const { open = 0, overdue = 0 } = list.data?.pages[0] ?? {};
  return (
    <>
      <PageHeader crumbs={[{ label: "Security" }]} title="Break-glass reviews" count={open || undefined} />
      {/* Words alone hold no place for the keyboard, and in a low window they have to be scrolled. */}
      <PageBody className="flex flex-col gap-4" tabIndex={uses.length === 0 ? 0 : undefined}>
        <p className="max-w-160 text-muted-foreground">
          An admin who breaks the glass approves alone what takes more people, or somebody else. Somebody else
          judges each use within 72 hours; until the overdue ones are judged, whoever made them cannot do it
          again.
        </p>
        {overdue > 0 ? (
          <Alert tone="waiting" title={`${overdue} overdue.`}>
            Nobody has judged {overdue === 1 ? "it" : "them"} in time.
          </Alert>
        ) : null}
        {list.isError && uses.length === 0 ? (
          <QueryFailure
            error={list.error}
            what="The break-glass reviews"
            onRetry={() => void list.refetch()}
            retrying={list.isFetching}
          />
        ) : list.isPending ? (
          <LoadingRows what="the break-glass reviews" count={3} />
        ) : uses.length === 0 ? (
          <EmptyState title="The glass was never broken" glyph="granted">
            Whoever does it says why on the draft, and it is listed here until somebody else has judged it.
          </EmptyState>
        ) : (
          <ul aria-label="Uses of breaking the glass">
            {uses.map((use) => (
              <BreakGlassRow
                key={use.break_glass_id}
                use={use}
                isMine={use.actor.id === myId}
                mayReview={permission.allowed}
                onReview={() => setJudged(use)}
              />
            ))}
          </ul>
        )}
        {list.hasNextPage ? (
          <Button
            className="self-start"
            pending={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            Show more
          </Button>
        ) : null}
      </PageBody>
      <HintBar hints={[{ keys: ["?"], label: "all keys" }]}>
        <CopyApiCall path={api.breakGlassReviews()} />
      </HintBar>
      {judged ? <ReviewDialog use={judged} onClose={() => setJudged(null)} /> : null}
    </>
  );
}
