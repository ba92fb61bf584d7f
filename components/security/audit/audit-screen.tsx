"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { EmptyState } from "@/components/layout/empty-state";
import { ForbiddenState } from "@/components/layout/forbidden-state";
import { HintBar } from "@/components/layout/hint-bar";
import { ListFoot, totalWords } from "@/components/layout/list-foot";
import { LoadingRows } from "@/components/layout/loading-rows";
import { NoMatch } from "@/components/layout/no-match";
import { PageHeader } from "@/components/layout/page-header";
import { QueryFailure } from "@/components/layout/query-failure";
import { StaleNotice } from "@/components/layout/stale-notice";
import { useFilters } from "@/components/layout/use-filters";
import { SplitPane } from "@/components/settings/split-pane";
import { useUrlSelection } from "@/components/settings/use-url-selection";
import { Button } from "@/components/ui/button";
import { api, auditPath } from "@/lib/paths";
import { type AuditFilters, auditListQuery } from "@/lib/queries/audit";
import { useNames } from "@/lib/queries/names";
import { usePermission } from "@/lib/queries/session";
import { AuditEntryPane } from "./audit-entry-pane";
import { AuditFilterBar } from "./audit-filter-bar";
import { AuditRow } from "./audit-row";
import { auditFilterChips } from "./audit-words";
import { LedgerPane } from "./ledger-pane";
import { useSubjectWords } from "./use-subject-words";

type AuditScreenProps = { filters: AuditFilters; entry: string | null };

/** `ledger` in the address stands for the ledger itself, which a phone shows on demand. */
const ledgerItself = "ledger";

/** Who did what and when, and the proof that nobody changed it since. */
export function AuditScreen({ filters, entry }: AuditScreenProps) {
  const reads = usePermission("readAudit");
  const canConfigure = usePermission("configure").allowed;
  const { selected, select } = useUrlSelection("entry", entry);
  if (reads.known && !reads.allowed)
    return (
      <>
        <PageHeader title="Audit" />
        <ForbiddenState title="The audit is for admins and auditors">
          Your role is {reads.role ?? "on projects only"}. An admin can change it.
        </ForbiddenState>
      </>
    );
  const chosen = selected === ledgerItself ? null : selected;
  return (
    <>
      <AuditHead filters={filters} onLedger={() => select(ledgerItself)} />
      <SplitPane
        list={<EntryList filters={filters} selected={chosen} onSelect={select} />}
        paneLabel={chosen ? "Chosen entry" : "The ledger"}
        paneOpen={selected !== null}
        pane={
          chosen ? (
            <>
              <div className="border-b border-border px-4 py-1.5 max-md:hidden md:px-6">
                <Button variant="ghost" size="xs" className="-ml-2" onClick={() => select(null)}>
                  Show the ledger
                </Button>
              </div>
              <AuditEntryPane key={chosen} entryId={chosen} onBack={() => select(null)} />
            </>
          ) : (
            <>
              <div className="border-b border-border px-4 py-1.5 md:hidden">
                <Button variant="ghost" size="sm" className="-ml-2 touch:h-11" onClick={() => select(null)}>
                  Back to the entries
                </Button>
              </div>
              <LedgerPane canConfigure={canConfigure} filters={filters} />
            </>
          )
        }
      />
      <HintBar hints={[{ keys: ["?"], label: "all keys" }]}>
        <CopyApiCall path={api.audit(filters)} />
      </HintBar>
    </>
  );
}

function AuditHead({ filters, onLedger }: { filters: AuditFilters; onLedger: () => void }) {
  const list = useInfiniteQuery(auditListQuery(filters));
  const change = useFilters(filters, auditPath);
  const total = list.data?.pages.at(-1)?.total;
  return (
    <>
      <PageHeader title="Audit" count={total === undefined ? undefined : totalWords(total)}>
        <Button size="sm" className="touch:h-11 md:hidden" onClick={onLedger}>
          Ledger
        </Button>
      </PageHeader>
      <StaleNotice />
      <AuditFilterBar filters={filters} change={change} />
    </>
  );
}

type EntryListProps = {
  filters: AuditFilters;
  selected: string | null;
  onSelect: (id: string | null) => void;
};

function EntryList({ filters, selected, onSelect }: EntryListProps) {
  const list = useInfiniteQuery(auditListQuery(filters));
  const change = useFilters(filters, auditPath);
  const entries = list.data?.pages.flatMap((page) => page.entries) ?? [];
  const subjectOf = useSubjectWords();
  const chips = auditFilterChips(filters, useNames());
  if (list.isError && !list.data)
    return (
      <QueryFailure
        error={list.error}
        what="The audit"
        onRetry={() => void list.refetch()}
        retrying={list.isFetching}
      />
    );
  if (!list.data) return <LoadingRows what="audit entries" count={12} />;
  if (entries.length === 0)
    return chips.length > 0 ? (
      <NoMatch
        what="entry"
        chips={chips}
        onRemove={(key) => change.set({ [key]: undefined })}
        onClear={change.clear}
      />
    ) : (
      <EmptyState title="Nothing was done yet">The first decision or change is the first entry.</EmptyState>
    );
  return (
    <>
      <ul aria-label="Audit entries" aria-busy={list.isPlaceholderData} className="divide-y divide-border">
        {entries.map((each) => (
          <AuditRow
            key={each.entry_id}
            entry={each}
            subject={subjectOf(each)}
            selected={each.entry_id === selected}
            onSelect={() => onSelect(each.entry_id)}
          />
        ))}
      </ul>
      <ListFoot
        what="entries"
        shown={entries.length}
        total={list.data.pages.at(-1)?.total ?? entries.length}
        hasMore={list.hasNextPage}
        loadingMore={list.isFetchingNextPage}
        failed={list.isFetchNextPageError}
        onMore={() => void list.fetchNextPage()}
      />
    </>
  );
}
