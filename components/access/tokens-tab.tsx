"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { EmptyState } from "@/components/layout/empty-state";
import { ListFoot } from "@/components/layout/list-foot";
import { LoadingRows } from "@/components/layout/loading-rows";
import { notify } from "@/components/layout/notify";
import { notifyFailure } from "@/components/layout/notify-failure";
import { PageBody } from "@/components/layout/page-body";
import { QueryFailure } from "@/components/layout/query-failure";
import { RelativeTime } from "@/components/layout/relative-time";
import { SearchBox } from "@/components/layout/search-box";
import { ConfirmDialog } from "@/components/settings/confirm-dialog";
import { Button } from "@/components/ui/button";
import type { ApiTokenWire } from "@/lib/contracts/access";
import { api } from "@/lib/paths";
import { tokenListQuery, useDisableToken } from "@/lib/queries/access";
import { CreateTokenDialog } from "./create-token-dialog";
import { RotateTokenDialog } from "./rotate-token-dialog";
import { TokenRow } from "./token-row";

/** What programs hold: what each may do, when it was used, when it ends. Never a value. */
export function TokensTab({ canManage }: { canManage: boolean }) {
  const [search, setSearch] = useState("");
  const list = useInfiniteQuery(tokenListQuery(search ? { q: search } : {}));
  const disable = useDisableToken();
  const [creating, setCreating] = useState(false);
  const [rotating, setRotating] = useState<ApiTokenWire | null>(null);
  const [ending, setEnding] = useState<ApiTokenWire | null>(null);
  const tokens = list.data?.pages.flatMap((page) => page.tokens) ?? [];
  return (
    <PageBody className="flex flex-col gap-4">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <p className="max-w-160 min-w-0 flex-1 basis-60 text-muted-foreground">
          Programs call the API with a token. Its kind says what it can ever do; scopes narrow that. To only
          report for one project, use an intake key instead.
        </p>
        <div className="ml-auto flex flex-wrap items-center gap-2">
          <CopyApiCall path={api.tokens(search ? { q: search } : {})} />
          <SearchBox
            label="Search tokens"
            placeholder="Name or beginning"
            value={search}
            onSearch={setSearch}
          />
          {canManage ? (
            <Button size="sm" className="touch:h-11" onClick={() => setCreating(true)}>
              <Plus aria-hidden />
              New token
            </Button>
          ) : null}
        </div>
      </div>
      {list.isPending ? (
        <LoadingRows what="tokens" />
      ) : list.isError && !list.data ? (
        <QueryFailure
          error={list.error}
          what="Tokens"
          onRetry={() => list.refetch()}
          retrying={list.isFetching}
        />
      ) : tokens.length === 0 ? (
        <EmptyState title={search ? "No token matches" : "There is no token yet"}>
          {search ? `No name or beginning holds “${search}”.` : "Programs cannot call the API yet."}
        </EmptyState>
      ) : (
        <div>
          <ul aria-label="API tokens" className="border-t border-border">
            {tokens.map((token) => (
              <TokenRow
                key={token.token_id}
                token={token}
                all={tokens}
                canManage={canManage}
                onRotate={() => setRotating(token)}
                onDisable={() => setEnding(token)}
              />
            ))}
          </ul>
          {list.hasNextPage ? (
            <ListFoot
              shown={tokens.length}
              total={list.data?.pages[0]?.total ?? tokens.length}
              what="tokens"
              hasMore
              loadingMore={list.isFetchingNextPage}
              failed={list.isFetchNextPageError}
              onMore={() => list.fetchNextPage()}
            />
          ) : null}
        </div>
      )}
      {creating ? <CreateTokenDialog onClose={() => setCreating(false)} /> : null}
      {rotating ? <RotateTokenDialog token={rotating} onClose={() => setRotating(null)} /> : null}
      <ConfirmDialog
        open={ending !== null}
        onOpenChange={(open) => open || setEnding(null)}
        title={`Disable ${ending?.name ?? "this token"}?`}
        confirm="Disable token"
        onConfirm={() =>
          ending &&
          disable.mutate(ending.token_id, {
            onSuccess: ({ token }) => notify("cancelled", `${token.name} is disabled`),
            onError: (error) => notifyFailure(`${ending.name} still works`, error),
          })
        }
      >
        <p>
          Whatever calls with <code>{ending?.prefix}…</code> is refused from now on. It was last used{" "}
          <RelativeTime value={ending?.last_used_at_ms} />. It cannot be enabled again; make a new one
          instead.
        </p>
      </ConfirmDialog>
    </PageBody>
  );
}
