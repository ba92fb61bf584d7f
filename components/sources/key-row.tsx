"use client";

import { LockedAction } from "@/components/layout/locked-action";
import { RelativeTime } from "@/components/layout/relative-time";
import { useNow } from "@/components/layout/use-now";
import { StateLabel } from "@/components/state/state-label";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { IntakeKeyWire } from "@/lib/contracts/intake-key";
import { type KeyStanding, keyStanding } from "./key-standing";

type KeyRowProps = {
  intakeKey: IntakeKeyWire;
  /** Every key of the project: rotation names its other half. */
  all: readonly IntakeKeyWire[];
  canManage: boolean;
  onRotate: () => void;
  onDisable: () => void;
};

/** A key by what can be known of it: name, beginning, scope, use, end. Never the key. */
export function KeyRow({ intakeKey, all, canManage, onRotate, onDisable }: KeyRowProps) {
  const now = useNow() ?? 0;
  const standing = keyStanding(intakeKey, all, now);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-0.5 border-b border-border py-2">
      <p className="flex min-w-0 flex-wrap items-baseline gap-x-2">
        <b className="truncate font-medium">{intakeKey.name}</b>
        <code className="text-[11.5px] text-muted-foreground">{intakeKey.prefix}…</code>
        {standing.isUnused ? <Badge>unused for 90 days</Badge> : null}
      </p>
      <KeyState standing={standing} />
      <KeyFacts intakeKey={intakeKey} standing={standing} now={now} />
      {standing.isUnused ? (
        <p className="col-span-2 text-12">
          Nobody has reported with it for 90 days: disable it unless you know why.
        </p>
      ) : null}
      {standing.state === "works" || standing.state === "ending" ? (
        <KeyActions name={intakeKey.name} canManage={canManage} onRotate={onRotate} onDisable={onDisable} />
      ) : null}
    </li>
  );
}

function KeyState({ standing }: { standing: KeyStanding }) {
  switch (standing.state) {
    case "disabled":
      return <StateLabel state="disabled" />;
    case "expired":
      return <StateLabel state="disabled" word={standing.successor ? "Replaced" : "Expired"} />;
    case "ending":
      return <StateLabel state="retrying" word="Being replaced" />;
    case "works":
      return <StateLabel state="destinationReady" word="Works" />;
  }
}

type KeyFactsProps = { intakeKey: IntakeKeyWire; standing: KeyStanding; now: number };

function KeyFacts({ intakeKey, standing, now }: KeyFactsProps) {
  const { expires_at_ms: expiresMs, created_at_ms: createdMs } = intakeKey;
  // The page's clock is renewed now and then; a key made since then is not from the future.
  const madeMs = createdMs && Math.min(createdMs, now || createdMs);
  return (
    <p className="col-span-2 flex flex-wrap gap-x-3 text-12 text-muted-foreground">
      <span>
        may report{" "}
        {intakeKey.source_ids.length > 0 ? `as ${intakeKey.source_ids.join(", ")} only` : "as any source"}
      </span>
      <span>
        last used <RelativeTime value={intakeKey.last_used_at_ms} />
      </span>
      <span>
        made <RelativeTime value={madeMs} absent="at an unknown time" />
      </span>
      <span>
        {expiresMs === undefined ? "does not expire" : now >= expiresMs ? "ended " : "ends "}
        {expiresMs === undefined ? null : <RelativeTime value={expiresMs} />}
      </span>
      {standing.successor ? <span>replaced by {standing.successor.prefix}…</span> : null}
      {standing.previous ? <span>replaces {standing.previous.prefix}…</span> : null}
      {intakeKey.daily_quota === undefined ? null : (
        <span>at most {intakeKey.daily_quota.toLocaleString("en-GB")} a day</span>
      )}
      {intakeKey.rejected_count > 0 ? (
        <span className="text-foreground">
          {intakeKey.rejected_count === 1 ? "1 use" : `${intakeKey.rejected_count} uses`} refused
        </span>
      ) : null}
    </p>
  );
}

type KeyActionsProps = { name: string; canManage: boolean; onRotate: () => void; onDisable: () => void };

function KeyActions({ name, canManage, onRotate, onDisable }: KeyActionsProps) {
  if (!canManage) {
    return (
      <span className="col-span-2 pt-1">
        <LockedAction size="xs" className="touch:h-11" unlocks="Rotating and disabling need the admin role.">
          Rotate…
        </LockedAction>
      </span>
    );
  }
  return (
    <span className="col-span-2 flex gap-2 pt-1">
      <Button size="xs" className="touch:h-11" aria-label={`Rotate key ${name}`} onClick={onRotate}>
        Rotate…
      </Button>
      <Button
        size="xs"
        variant="destructive"
        className="touch:h-11"
        aria-label={`Disable key ${name}`}
        onClick={onDisable}
      >
        Disable…
      </Button>
    </span>
  );
}
