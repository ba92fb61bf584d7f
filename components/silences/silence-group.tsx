"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ErrorState } from "@/components/layout/error-state";
import { LoadingRows } from "@/components/layout/loading-rows";
import { Section } from "@/components/layout/section";
import { Button } from "@/components/ui/button";
import type { SilenceWire } from "@/lib/contracts/silence";
import { ApiError } from "@/lib/queries/api-error";
import { type SilenceFilters, silenceListQuery } from "@/lib/queries/silences";
import { SilenceRow } from "./silence-row";

type SilenceGroupProps = {
  title: string;
  state: NonNullable<SilenceFilters["state"]>;
  empty: string;
  selected: string | null;
  canEdit: boolean;
  onEdit: (silence: SilenceWire) => void;
  onExpire: (silence: SilenceWire) => void;
};

/** The silences of one state, newest first. */
export function SilenceGroup({
  title,
  state,
  empty,
  selected,
  canEdit,
  onEdit,
  onExpire,
}: SilenceGroupProps) {
  const list = useInfiniteQuery(silenceListQuery({ state }));
  const silences = list.data?.pages.flatMap((page) => page.silences) ?? [];
  const problem = list.error instanceof ApiError ? list.error.problem : null;
  return (
    <Section title={title} count={list.data?.pages[0]?.total}>
      {list.isPending ? (
        <LoadingRows what="silences" count={2} />
      ) : list.isError && !list.data ? (
        <ErrorState
          what="The silences could not be loaded."
          why={problem ? `${problem.error}.` : undefined}
          requestId={problem?.request_id}
          onRetry={() => list.refetch()}
          retrying={list.isFetching}
        />
      ) : silences.length === 0 ? (
        <p className="text-muted-foreground">{empty}</p>
      ) : (
        <ul aria-label={title} className="border-b border-border">
          {silences.map((silence) => (
            <SilenceRow
              key={silence.silence_id}
              silence={silence}
              selected={silence.silence_id === selected}
              canEdit={canEdit}
              onEdit={() => onEdit(silence)}
              onExpire={() => onExpire(silence)}
            />
          ))}
        </ul>
      )}
      {list.hasNextPage ? (
        <Button
          size="sm"
          className="w-fit touch:h-11"
          pending={list.isFetchingNextPage}
          onClick={() => list.fetchNextPage()}
        >
          Show older
        </Button>
      ) : null}
    </Section>
  );
}
