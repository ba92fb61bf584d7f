"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import { LoadingRows } from "@/components/layout/loading-rows";
import { LockedAction } from "@/components/layout/locked-action";
import { RelativeTime } from "@/components/layout/relative-time";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { ConfigRevisionWire } from "@/lib/contracts/config-history";
import { configRevisionQuery } from "@/lib/queries/config-history";
import { useNames } from "@/lib/queries/names";
import { ChangeList } from "./change-list";
import type { ConfigKey } from "./config-section";
import { describeConfig } from "./describe-config";
import { describeChanges } from "./described";
import { changesFromDiff, revisionLines } from "./revision-words";

type RevisionRowProps = {
  revision: ConfigRevisionWire;
  /** Only what it changed of these; null for everything. */
  keys: readonly ConfigKey[] | null;
  isCurrent: boolean;
  canRestore: boolean;
  onRestore: () => void;
};

const linesShown = 3;

/** One save: who, when, what in a line; opened, every value as it was and became. */
export function RevisionRow({ revision, keys, isCurrent, canRestore, onRestore }: RevisionRowProps) {
  const [open, setOpen] = useState(false);
  const bodyId = useId();
  const lines = revisionLines(revision.diff, keys ?? undefined, useNames());
  const more = lines.length - linesShown;
  return (
    <li className="border-b border-border px-4 py-3">
      <div className="flex items-start gap-3">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={open ? bodyId : undefined}
          onClick={() => setOpen(!open)}
          className="flex min-w-0 flex-1 items-start gap-1.5 rounded-sm text-left touch:min-h-11"
        >
          <ChevronRight
            aria-hidden
            className={cn("mt-[3px] size-3.5 flex-none text-muted-foreground", open && "rotate-90")}
          />
          <span className="flex min-w-0 flex-col">
            <span className="flex flex-wrap items-baseline gap-x-2">
              <b className="font-semibold">{actorWords(revision.actor)}</b>
              <RelativeTime value={revision.at_ms} className="text-12 text-muted-foreground" />
              <span className="text-12 text-muted-foreground">version {revision.version}</span>
              {isCurrent ? <Badge>in force</Badge> : null}
            </span>
            <span className="flex flex-col text-12 text-muted-foreground">
              {lines.slice(0, linesShown).map((line) => (
                <span key={line} className="break-words">
                  {line}
                </span>
              ))}
              {more > 0 ? <span>and {more} more</span> : null}
            </span>
          </span>
        </button>
        {isCurrent ? null : canRestore ? (
          <Button
            size="xs"
            className="touch:h-11"
            aria-label={`Restore version ${revision.version}…`}
            onClick={onRestore}
          >
            Restore…
          </Button>
        ) : (
          <LockedAction size="xs" className="touch:h-11" unlocks="Restoring needs the admin role." quiet>
            Restore…
          </LockedAction>
        )}
      </div>
      {open ? (
        <div id={bodyId} className="pt-3 pl-5">
          <RevisionChanges revision={revision} keys={keys} />
        </div>
      ) : null}
    </li>
  );
}

/** The two versions compared; where the one before is gone, the difference that was stored with the save. */
function RevisionChanges({ revision, keys }: Pick<RevisionRowProps, "revision" | "keys">) {
  const name = useNames();
  const now = useQuery(configRevisionQuery(revision.version));
  const before = useQuery({ ...configRevisionQuery(revision.version - 1), retry: false });
  if (now.isPending || before.isPending) return <LoadingRows what="changes" count={2} />;
  const pick = (config: object) =>
    keys
      ? Object.fromEntries(Object.entries(config).filter(([key]) => (keys as string[]).includes(key)))
      : config;
  const changes =
    now.data && before.data
      ? describeChanges(
          describeConfig(pick(before.data.incident_monitor)),
          describeConfig(pick(now.data.incident_monitor)),
        )
      : changesFromDiff(revision.diff, keys ?? undefined, name);
  return <ChangeList changes={changes} />;
}

function actorWords({ kind, name }: ConfigRevisionWire["actor"]): string {
  if (kind === "system") return `${name} (this product)`;
  return kind === "token" && !/token/i.test(name) ? `${name} (token)` : name;
}
