"use client";

import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Diff } from "./diff";
import type { DiffLine } from "./line-diff";

export type ConflictNoticeProps = {
  /** Who saved in between. */
  by: string;
  theirVersion: number | string;
  yourVersion: number | string;
  /** Theirs as `del`, yours as `add`. */
  lines: readonly DiffLine[];
  onKeepMine: () => void;
  onTakeTheirs: () => void;
  pending?: boolean;
  className?: string;
};

/** A save that met another save. Both versions are shown and yours is kept until you choose. */
export function ConflictNotice(props: ConflictNoticeProps) {
  const { by, theirVersion, yourVersion, lines, onKeepMine, onTakeTheirs, pending, className } = props;
  return (
    <section data-slot="conflict-notice" role="alert" className={cn("flex flex-col gap-2", className)}>
      <p>
        <b className="font-semibold">
          {by} saved version {theirVersion} while you edited {yourVersion}.
        </b>{" "}
        Yours is kept here.
      </p>
      <Diff label={`Version ${theirVersion} against yours`} lines={lines} />
      <div className="flex flex-wrap gap-2">
        <Button variant="default" size="sm" onClick={onKeepMine} pending={pending}>
          Put mine on top of {theirVersion}
        </Button>
        <Button size="sm" onClick={onTakeTheirs} disabled={pending}>
          Take {theirVersion}
        </Button>
      </div>
    </section>
  );
}
