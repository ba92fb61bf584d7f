"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ListFoot } from "@/components/layout/list-foot";
import { LoadingRows } from "@/components/layout/loading-rows";
import { LockedAction } from "@/components/layout/locked-action";
import { QueryFailure } from "@/components/layout/query-failure";
import { Section } from "@/components/layout/section";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import type { ReplayQuarantineWire } from "@/lib/contracts/log-source";
import { quarantineQuery, type SourceId } from "@/lib/queries/log-sources";
import { QuarantineRow } from "./quarantine-row";
import { ReplayQuarantineDialog } from "./replay-quarantine-dialog";

type QuarantineListProps = { id: SourceId; canEdit: boolean };
type Shown = "waiting" | "replayed";

/** Records that looked like failures but not like this source's records, until somebody replays them. */
export function QuarantineList({ id, canEdit }: QuarantineListProps) {
  const [shown, setShown] = useState<Shown>("waiting");
  const [replaying, setReplaying] = useState<ReplayQuarantineWire | null>(null);
  const list = useInfiniteQuery(quarantineQuery(id, { replayed: shown === "replayed" ? "true" : "false" }));
  const rows = list.data?.pages.flatMap((page) => page.quarantined) ?? [];
  const total = list.data?.pages[0]?.total ?? 0;
  return (
    <Section
      title="Set aside"
      level={3}
      aside={
        <Segmented
          label="Which records"
          value={shown}
          onValueChange={setShown}
          options={[
            { value: "waiting", label: "Waiting" },
            { value: "replayed", label: "Replayed" },
          ]}
        />
      }
    >
      <p className="text-12 text-muted-foreground">
        What looks like a failure but not like this source's records is kept here and drafts nothing. Put the
        format, the mapping or the required fields right, save, then replay.
      </p>
      {list.isError && !list.data ? (
        <QueryFailure
          error={list.error}
          what="What was set aside"
          onRetry={() => list.refetch()}
          retrying={list.isFetching}
          className=""
        />
      ) : !list.data ? (
        <LoadingRows what="what was set aside" count={2} />
      ) : rows.length === 0 ? (
        <p className="py-2">
          {shown === "waiting" ? "Nothing waits here." : "Nothing of it was replayed yet."}
        </p>
      ) : (
        <>
          {shown === "waiting" && total > 1 ? (
            <ReplayAll canEdit={canEdit} total={total} onReplay={() => setReplaying({ all: true })} />
          ) : null}
          <ul className="flex flex-col border-t border-border">
            {rows.map((row) => (
              <QuarantineRow
                key={row.quarantine_id}
                row={row}
                canEdit={canEdit}
                onReplay={() => setReplaying({ ids: [row.quarantine_id] })}
              />
            ))}
          </ul>
          {list.hasNextPage ? (
            <ListFoot
              shown={rows.length}
              total={total}
              what="records"
              hasMore
              loadingMore={list.isFetchingNextPage}
              failed={list.isFetchNextPageError}
              onMore={() => list.fetchNextPage()}
            />
          ) : null}
        </>
      )}
      {replaying ? (
        <ReplayQuarantineDialog id={id} which={replaying} onClose={() => setReplaying(null)} />
      ) : null}
    </Section>
  );
}

type ReplayAllProps = { canEdit: boolean; total: number; onReplay: () => void };

function ReplayAll({ canEdit, total, onReplay }: ReplayAllProps) {
  return (
    <div>
      {canEdit ? (
        <Button size="xs" className="touch:h-11" onClick={onReplay}>
          Replay all {total}…
        </Button>
      ) : (
        <LockedAction size="xs" className="touch:h-11" unlocks="Replaying needs the admin role.">
          Replay all {total}…
        </LockedAction>
      )}
    </div>
  );
}
