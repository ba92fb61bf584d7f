"use client";

import Link from "next/link";
import { useState } from "react";
import { useRowKeys } from "@/components/layout/use-row-keys";
import type { OverviewWire } from "@/lib/contracts/status";
import { draftsPath, receiptsPath } from "@/lib/paths";
import { NothingWaits } from "./nothing-waits";
import type { QueueGroup, QueueItem } from "./queue-items";
import { QueueRow } from "./queue-row";

type NeedsYouProps = { items: readonly QueueItem[]; overview: OverviewWire };

const groups: { id: QueueGroup; label: string }[] = [
  { id: "approvals", label: "Approvals due" },
  { id: "failures", label: "Failed deliveries" },
  { id: "unready", label: "Unready destinations" },
];

/** The queue: one group a kind of work. The first row is selected until somebody moves. */
export function NeedsYou({ items, overview }: NeedsYouProps) {
  const box = useRowKeys<HTMLDivElement>("Inbox");
  const [chosen, setChosen] = useState<string>();
  const selected = items.some((item) => item.key === chosen) ? chosen : items[0]?.key;
  const { counts } = overview;
  const totals: Record<QueueGroup, { count: number; all?: string }> = {
    approvals: { count: counts.approvals_due, all: draftsPath({ state: "approval_due" }) },
    failures: { count: counts.failed, all: receiptsPath({ status: "failed" }) },
    unready: { count: 0 },
  };
  return (
    <section aria-label="Needs you" ref={box} className="min-w-0">
      {items.length === 0 ? (
        <NothingWaits overview={overview} />
      ) : (
        <>
          <div className="flex items-baseline gap-2 px-4 pt-3 pb-2.5 md:px-6">
            <h2 className="section-head">Needs you</h2>
            <span className="text-12 text-muted-foreground">worst first, then newest</span>
          </div>
          {groups.map(({ id, label }) => {
            const rows = items.filter((item) => item.group === id);
            const { count, all } = totals[id];
            if (rows.length === 0) return null;
            return (
              <section key={id} aria-label={label}>
                <div className="flex h-7 items-center gap-2 -mt-px border-y border-border bg-muted pr-4 pl-4 text-12 md:pl-6">
                  <h3 className="font-semibold">{label}</h3>
                  <span className="text-muted-foreground">{Math.max(count, rows.length)}</span>
                  {all && count > rows.length ? (
                    <Link href={all} className="link ml-auto">
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
                      onSelect={() => setChosen(item.key)}
                    />
                  ))}
                </ul>
              </section>
            );
          })}
        </>
      )}
    </section>
  );
}
