"use client";

import { useState } from "react";
import { LockedAction } from "@/components/layout/locked-action";
import { Section } from "@/components/layout/section";
import { Button } from "@/components/ui/button";
import type { SourceId } from "@/lib/queries/log-sources";
import { BackfillDialog } from "./backfill-dialog";
import { ReplayLatestDialog } from "./replay-latest-dialog";
import { ResetSourceDialog } from "./reset-source-dialog";

type LogSourceActionsProps = { id: SourceId; path: string; canEdit: boolean };

const actions = [
  { key: "replay", label: "Replay latest…", help: "Its newest failure, submitted once more." },
  { key: "backfill", label: "Backfill…", help: "A span of the past, from the log and its rotated files." },
  { key: "reset", label: "Reset…", help: "Everything in the log, from its first byte." },
] as const;
type Action = (typeof actions)[number]["key"];

/** Reading again, three ways. Each says first what it would do; none counts twice what was counted. */
export function LogSourceActions({ id, path, canEdit }: LogSourceActionsProps) {
  const [open, setOpen] = useState<Action | null>(null);
  const close = () => setOpen(null);
  return (
    <Section title="Read again" level={3} aside={canEdit ? undefined : "Reading again needs the admin role."}>
      <ul className="flex flex-col border-t border-border">
        {actions.map(({ key, label, help }) => (
          <li
            key={key}
            className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-b border-border py-1.5"
          >
            <span className="min-w-0 flex-1 basis-40">{help}</span>
            {canEdit ? (
              <Button size="xs" className="touch:h-11" onClick={() => setOpen(key)}>
                {label}
              </Button>
            ) : (
              <LockedAction
                size="xs"
                className="touch:h-11"
                unlocks="Reading again needs the admin role."
                quiet
              >
                {label}
              </LockedAction>
            )}
          </li>
        ))}
      </ul>
      {open === "replay" ? <ReplayLatestDialog id={id} onClose={close} /> : null}
      {open === "backfill" ? <BackfillDialog id={id} path={path} onClose={close} /> : null}
      {open === "reset" ? <ResetSourceDialog id={id} path={path} onClose={close} /> : null}
    </Section>
  );
}
