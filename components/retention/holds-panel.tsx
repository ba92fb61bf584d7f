"use client";

import { useQuery } from "@tanstack/react-query";
import { Lock } from "lucide-react";
import { useState } from "react";
import { Disclosure } from "@/components/drafts/disclosure";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { IdText } from "@/components/layout/id-text";
import { LoadingRows } from "@/components/layout/loading-rows";
import { QueryFailure } from "@/components/layout/query-failure";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { Button } from "@/components/ui/button";
import type { ConfigWire } from "@/lib/contracts/config";
import type { RetentionHoldWire } from "@/lib/contracts/retention";
import { api, incidentPath } from "@/lib/paths";
import { useNames } from "@/lib/queries/names";
import { retentionHoldsQuery } from "@/lib/queries/retention";
import { PlaceHoldDialog } from "./place-hold-dialog";
import { ReleaseHoldDialog } from "./release-hold-dialog";
import { whereWords } from "./retention-words";

type Open = { what: "place" } | { what: "release"; hold: RetentionHoldWire } | null;

/** Legal holds: what nobody and nothing removes until somebody releases it. */
export function HoldsPanel({ config, canEdit }: { config: ConfigWire; canEdit: boolean }) {
  const holds = useQuery(retentionHoldsQuery());
  const [open, setOpen] = useState<Open>(null);
  const rows = holds.data?.holds ?? [];
  const current = rows.filter((hold) => hold.released_at_ms === undefined);
  const released = rows.filter((hold) => hold.released_at_ms !== undefined);
  return (
    <Section
      title="Legal holds"
      count={current.length > 0 ? current.length : undefined}
      aside={<CopyApiCall path={api.retentionHolds()} />}
    >
      <p className="max-w-160 text-muted-foreground">
        A hold wins over every profile and every delete: what it covers stays as it is until it is released.
      </p>
      {canEdit ? (
        <Button size="sm" className="w-fit touch:h-11" onClick={() => setOpen({ what: "place" })}>
          <Lock aria-hidden />
          Place a hold
        </Button>
      ) : null}
      {holds.isError && !holds.data ? (
        <QueryFailure
          what="Legal holds"
          error={holds.error}
          onRetry={() => holds.refetch()}
          retrying={holds.isFetching}
          className="py-2"
        />
      ) : !holds.data ? (
        <LoadingRows what="legal holds" count={2} />
      ) : (
        <>
          {current.length === 0 ? <p className="text-muted-foreground">Nothing is held.</p> : null}
          <HoldList
            holds={current}
            onRelease={canEdit ? (hold) => setOpen({ what: "release", hold }) : undefined}
          />
          {released.length > 0 ? (
            <Disclosure summary={`Released (${released.length})`}>
              <HoldList holds={released} />
            </Disclosure>
          ) : null}
        </>
      )}
      {open?.what === "place" ? <PlaceHoldDialog config={config} onClose={() => setOpen(null)} /> : null}
      {open?.what === "release" ? <ReleaseHoldDialog hold={open.hold} onClose={() => setOpen(null)} /> : null}
    </Section>
  );
}

type HoldListProps = { holds: readonly RetentionHoldWire[]; onRelease?: (hold: RetentionHoldWire) => void };

function HoldList({ holds, onRelease }: HoldListProps) {
  return (
    <ul className="flex flex-col empty:hidden">
      {holds.map((hold) => (
        <li
          key={hold.hold_id}
          className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-border py-2 last:border-b-0"
        >
          <div className="min-w-0 flex-1 basis-60">
            <p className="font-medium">
              <Covered hold={hold} />
            </p>
            <p className="break-words">{hold.reason}</p>
            <p className="text-12 text-muted-foreground">
              By {hold.placed_by.name || hold.placed_by.kind}, <RelativeTime value={hold.placed_at_ms} />
              {hold.released_at_ms === undefined ? null : (
                <>
                  ; released by {hold.released_by?.name || "somebody"},{" "}
                  <RelativeTime value={hold.released_at_ms} />: {hold.release_reason}
                </>
              )}
            </p>
          </div>
          {onRelease ? (
            <Button variant="outline" size="sm" className="touch:h-11" onClick={() => onRelease(hold)}>
              Release…
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

export function Covered({ hold }: { hold: RetentionHoldWire }) {
  const name = useNames();
  if (hold.scope === "all") return <>Everything</>;
  if (hold.scope !== "incident") return <>{whereWords(hold, name)}</>;
  const id = hold.incident_id ?? "";
  return <IdText id={id} kind="incident id" href={incidentPath(id)} copyable={false} />;
}
