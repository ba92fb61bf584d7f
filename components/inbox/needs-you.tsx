"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useRowKeys } from "@/components/layout/use-row-keys";
import type { OverviewWire } from "@/lib/contracts/status";
import { approvalsDuePath, breakGlassPath, receiptsPath } from "@/lib/paths";
import { sessionQuery } from "@/lib/queries/session";
import { NothingWaits } from "./nothing-waits";
import { countOfGroup, type QueueGroup, type QueueItem, queueGroups, splitByRole } from "./queue-items";
import { QueueRow } from "./queue-row";

type NeedsYouProps = { items: readonly QueueItem[]; overview: OverviewWire };

/** The queue: one group a kind of work. The first row is selected until somebody moves. What others have to do is closed. */
export function NeedsYou({ items, overview }: NeedsYouProps) {
  const box = useRowKeys<HTMLDivElement>("Inbox");
  const permissions = useQuery(sessionQuery()).data?.permissions;
  const [chosen, setChosen] = useState<string>();
  const { mine, others } = splitByRole(items, permissions);
  const selected = items.some((item) => item.key === chosen) ? chosen : mine[0]?.key;
  const groups = (rows: readonly QueueItem[]) => (
    <QueueGroups rows={rows} items={items} overview={overview} selected={selected} onSelect={setChosen} />
  );
  return (
    <section aria-label="Needs you" ref={box} className="min-w-0">
      {mine.length === 0 ? (
        <NothingWaits overview={overview} others={others.length} />
      ) : (
        <>
          <div className="flex items-baseline gap-2 px-4 pt-3 pb-2.5 md:px-6">
            <h2 className="section-head">Needs you</h2>
            <span className="text-12 text-muted-foreground">worst first, then newest</span>
          </div>
          {groups(mine)}
        </>
      )}
      {others.length > 0 ? (
        <details className="group border-b border-border">
          <summary className="flex min-h-10 list-none items-center gap-2 px-4 md:px-6 touch:min-h-11 [&::-webkit-details-marker]:hidden">
            <ChevronRight aria-hidden className="size-3.5 transition-transform group-open:rotate-90" />
            <span className="flex-none font-medium">For others</span>
            <span className="text-12 text-muted-foreground">
              {others.length} that you can look at and not act upon
            </span>
          </summary>
          {groups(others)}
        </details>
      ) : null}
    </section>
  );
}

type QueueGroupsProps = {
  rows: readonly QueueItem[];
  /** All there are, whosever they are. */
  items: readonly QueueItem[];
  overview: OverviewWire;
  selected: string | undefined;
  onSelect: (key: string) => void;
};

function QueueGroups({ rows: all, items, overview: { counts }, selected, onSelect }: QueueGroupsProps) {
  const totals: Partial<Record<QueueGroup, { count: number; all: string }>> = {
    reviews: { count: counts.break_glass_open, all: breakGlassPath() },
    approvals: { count: counts.approvals_due, all: approvalsDuePath() },
    failures: { count: counts.failed, all: receiptsPath({ status: "failed" }) },
  };
  return queueGroups.map(({ id, label }) => {
    const rows = all.filter((item) => item.group === id);
    if (rows.length === 0) return null;
    const { count, all: href } = totals[id] ?? { count: 0 };
    const { shown, isMore } = countOfGroup(
      rows.length,
      items.filter((item) => item.group === id).length,
      count,
    );
    return (
      <section key={id} aria-label={label}>
        <div className="flex h-7 items-center gap-2 -mt-px border-y border-border bg-muted pr-4 pl-4 text-12 md:pl-6">
          <h3 className="font-semibold">{label}</h3>
          <span className="text-muted-foreground">{shown.toLocaleString("en-GB")}</span>
          {href && isMore ? (
            <Link href={href} className="link ml-auto">
              See all {count.toLocaleString("en-GB")}
            </Link>
          ) : null}
        </div>
        <ul>
          {rows.map((item) => (
            <QueueRow
              key={item.key}
              item={item}
              selected={item.key === selected}
              onSelect={() => onSelect(item.key)}
            />
          ))}
        </ul>
      </section>
    );
  });
}
