"use client";

import { CodeBlock } from "@/components/layout/code-block";
import { LockedAction } from "@/components/layout/locked-action";
import { RelativeTime } from "@/components/layout/relative-time";
import { plural } from "@/components/settings/words";
import { Button } from "@/components/ui/button";
import type { QuarantinedLogWire } from "@/lib/contracts/log-source";
import { offsetWords } from "./byte-words";
import { quarantineWords } from "./health-words";
import { MonoLines } from "./mono-lines";

type QuarantineRowProps = { row: QuarantinedLogWire; canEdit: boolean; onReplay: () => void };

/** One record that was set aside: why, its lines, and the way back in. */
export function QuarantineRow({ row, canEdit, onReplay }: QuarantineRowProps) {
  const place = `Bytes ${offsetWords(row.offset_start)} to ${offsetWords(row.offset_end)}`;
  return (
    <li className="flex flex-col gap-1.5 border-b border-border py-2.5">
      <div className="flex flex-wrap items-baseline gap-x-2">
        <b className="font-medium">{quarantineWords[row.reason]}</b>
        {row.detail ? <span className="min-w-0 break-words text-muted-foreground">{row.detail}</span> : null}
        <span className="ml-auto text-12 text-muted-foreground">
          <RelativeTime value={row.created_at_ms} />
        </span>
      </div>
      <CodeBlock label={place} title={place} meta={plural(row.excerpt.length, "line")}>
        <MonoLines lines={row.excerpt} />
      </CodeBlock>
      {row.replayed_at_ms !== undefined ? (
        <p className="text-12 text-muted-foreground">
          Replayed <RelativeTime value={row.replayed_at_ms} />
        </p>
      ) : canEdit ? (
        <div>
          <Button size="xs" className="touch:h-11" aria-label={`Replay ${place}`} onClick={onReplay}>
            Replay…
          </Button>
        </div>
      ) : (
        <LockedAction size="xs" className="touch:h-11" unlocks="Replaying needs the admin role." quiet>
          Replay…
        </LockedAction>
      )}
    </li>
  );
}
