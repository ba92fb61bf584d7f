"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { EmptyState } from "@/components/layout/empty-state";
import { FilterSelect } from "@/components/layout/filter-select";
import { LoadingRows } from "@/components/layout/loading-rows";
import { PageBody } from "@/components/layout/page-body";
import { QueryFailure } from "@/components/layout/query-failure";
import { RelativeTime } from "@/components/layout/relative-time";
import { SearchBox } from "@/components/layout/search-box";
import { StaleNotice, useIsStale } from "@/components/layout/stale-notice";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { AuthorityInventoryWire } from "@/lib/contracts/authority-inventory";
import { api } from "@/lib/paths";
import { authorityInventoryQuery } from "@/lib/queries/authority";
import { nameOf, namesQuery } from "@/lib/queries/names";
import { inventorySections, narrowSections } from "./inventory-sections";
import { SectionTable } from "./section-table";

/** Everything that may act, decide or be acted on, by what it is. Also what the graph says, in words. */
export function EverythingTab() {
  const inventory = useQuery(authorityInventoryQuery());
  const isStale = useIsStale();
  return (
    <>
      <StaleNotice />
      <PageBody className={cn("flex flex-col gap-5", isStale && "stale")}>
        <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
          <p className="max-w-160 min-w-0 flex-1 basis-72 text-muted-foreground">
            What this deployment knows of itself, read at one moment. Of anything sensitive it says that it is
            there and nothing else. Lists of records hold the newest 100.
          </p>
          <div className="ml-auto">
            <CopyApiCall path={api.authorityInventory()} />
          </div>
        </div>
        {inventory.isError && !inventory.data ? (
          <QueryFailure
            error={inventory.error}
            what="The inventory"
            onRetry={() => void inventory.refetch()}
            retrying={inventory.isFetching}
          />
        ) : !inventory.data ? (
          <LoadingRows what="the inventory" shape="table" count={10} />
        ) : (
          <Listed inventory={inventory.data} />
        )}
      </PageBody>
    </>
  );
}

function Listed({ inventory }: { inventory: AuthorityInventoryWire }) {
  const [text, setText] = useState("");
  const [only, setOnly] = useState<string>();
  const { data: names } = useQuery(namesQuery());
  const sections = useMemo(() => inventorySections(inventory, nameOf(names)), [inventory, names]);
  const shown = narrowSections(sections, { text, only });
  const count = shown.reduce((sum, section) => sum + section.rows.length, 0);
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <FilterSelect
          label="Section"
          any="Every section"
          value={only}
          options={sections.map(({ id, title, rows }) => ({ value: id, label: `${title} (${rows.length})` }))}
          onChange={setOnly}
        />
        <SearchBox
          label="Search the inventory"
          placeholder="Name, id or fact"
          value={text}
          onSearch={setText}
        />
        <span className="text-12 text-muted-foreground">
          <span role="status">{count === 1 ? "1 row" : `${count} rows`}</span>, read{" "}
          <RelativeTime value={inventory.generated_at_ms} />
        </span>
      </div>
      {shown.length === 0 ? (
        <EmptyState
          title="Nothing matches"
          glyph="cancelled"
          actions={
            <Button size="sm" className="touch:h-11" onClick={() => setText("")}>
              Clear the search
            </Button>
          }
        >
          No name, id or fact holds “{text}”.
        </EmptyState>
      ) : (
        shown.map((section) => <SectionTable key={section.id} section={section} />)
      )}
      <p className="max-w-200 text-12 text-muted-foreground">
        Never in an answer:{" "}
        {inventory.sensitive_values.omitted_fields.map((field) => field.replaceAll("_", " ")).join(", ")}.
      </p>
    </>
  );
}
