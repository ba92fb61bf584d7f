"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { EmptyState } from "@/components/layout/empty-state";
import { ListFoot } from "@/components/layout/list-foot";
import { LoadingRows } from "@/components/layout/loading-rows";
import { QueryFailure } from "@/components/layout/query-failure";
import { Segmented } from "@/components/ui/segmented";
import { Sheet, SheetContent, SheetDescription, SheetHeader, SheetTitle } from "@/components/ui/sheet";
import type { ConfigWire } from "@/lib/contracts/config";
import type { ConfigRevisionWire } from "@/lib/contracts/config-history";
import { configHistoryQuery } from "@/lib/queries/config-history";
import { RestoreDialog } from "./restore-dialog";
import { RevisionRow } from "./revision-row";
import type { SettingsSection } from "./sections";
import { useReturnFocus } from "./use-return-focus";

type HistorySheetProps = {
  section: SettingsSection;
  config: ConfigWire;
  canEdit: boolean;
  onOpenChange: (open: boolean) => void;
};

/** Who saved what of this page, or of all settings, newest first, with the way back to each of them. */
export function HistorySheet({ section, config, canEdit, onOpenChange }: HistorySheetProps) {
  const [scope, setScope] = useState<"section" | "all">("section");
  const [restoring, setRestoring] = useState<ConfigRevisionWire | null>(null);
  const keys = scope === "section" ? section.keys : null;
  const returnFocus = useReturnFocus();
  return (
    <Sheet open onOpenChange={onOpenChange}>
      <SheetContent side="right" {...returnFocus}>
        <SheetHeader>
          <SheetTitle>History</SheetTitle>
          <SheetDescription>
            Every save, with who and when. Restoring makes a new version; nothing here is ever overwritten.
          </SheetDescription>
        </SheetHeader>
        <div className="flex flex-none items-center border-b border-border px-4 py-2">
          <Segmented
            label="What to show"
            value={scope}
            onValueChange={setScope}
            options={[
              { value: "section", label: section.title },
              { value: "all", label: "All settings" },
            ]}
          />
        </div>
        <HistoryList
          key={scope}
          keys={keys}
          what={scope === "section" ? section.title : "the settings"}
          canEdit={canEdit}
          onRestore={setRestoring}
        />
        {restoring ? (
          <RestoreDialog
            revision={restoring}
            section={section}
            wholeAtFirst={scope === "all"}
            config={config}
            onClose={() => setRestoring(null)}
          />
        ) : null}
      </SheetContent>
    </Sheet>
  );
}

type HistoryListProps = {
  keys: SettingsSection["keys"] | null;
  what: string;
  canEdit: boolean;
  onRestore: (revision: ConfigRevisionWire) => void;
};

function HistoryList({ keys, what, canEdit, onRestore }: HistoryListProps) {
  const history = useInfiniteQuery(configHistoryQuery(keys));
  const revisions = history.data?.pages.flatMap((page) => page.revisions) ?? [];
  if (history.isError && !history.data) {
    return (
      <QueryFailure
        error={history.error}
        what="The history"
        onRetry={() => history.refetch()}
        retrying={history.isFetching}
      />
    );
  }
  if (history.isPending) return <LoadingRows what="history" shape="two-line" count={6} />;
  if (revisions.length === 0) {
    return (
      <EmptyState title="Nothing was saved yet">
        The first save of {what} appears here, with who made it and what it changed.
      </EmptyState>
    );
  }
  return (
    <section className="relative min-h-0 flex-1 overflow-y-auto" aria-label={`Versions of ${what}`}>
      <ol className="flex flex-col">
        {revisions.map((revision, index) => (
          <RevisionRow
            key={revision.version}
            revision={revision}
            keys={keys}
            isCurrent={index === 0}
            canRestore={canEdit}
            onRestore={() => onRestore(revision)}
          />
        ))}
      </ol>
      <ListFoot
        shown={revisions.length}
        total={history.data.pages[0]?.total ?? revisions.length}
        what={revisions.length === 1 ? "version" : "versions"}
        hasMore={history.hasNextPage}
        loadingMore={history.isFetchingNextPage}
        failed={history.isFetchNextPageError}
        onMore={() => void history.fetchNextPage()}
      />
    </section>
  );
}
