"use client";

import { RelativeTime } from "@/components/layout/relative-time";
import { useNow } from "@/components/layout/use-now";
import { StateLabel } from "@/components/state/state-label";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { IntakeKeyWire } from "@/lib/contracts/intake-key";

type KeyRowProps = { intakeKey: IntakeKeyWire; canManage: boolean; onDisable: () => void };

const unusedAfterMs = 90 * 86_400_000;

/** A key by what can be known of it: name, beginning, use, end. Never the key. */
export function KeyRow({ intakeKey, canManage, onDisable }: KeyRowProps) {
  const now = useNow() ?? 0;
  const expired = intakeKey.expires_at_ms !== undefined && now > intakeKey.expires_at_ms;
  const lastMs = intakeKey.last_used_at_ms ?? intakeKey.created_at_ms ?? now;
  const unused = intakeKey.enabled && !expired && now - lastMs > unusedAfterMs;
  // The page's clock is renewed now and then; a key made since then is not from the future.
  const madeMs = intakeKey.created_at_ms && Math.min(intakeKey.created_at_ms, now || intakeKey.created_at_ms);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-0.5 border-b border-border py-2">
      <p className="flex min-w-0 flex-wrap items-baseline gap-x-2">
        <b className="truncate font-medium">{intakeKey.name}</b>
        <code className="text-[11.5px] text-muted-foreground">{intakeKey.prefix}…</code>
        {unused ? <Badge>unused for 90 days</Badge> : null}
      </p>
      <span className="flex items-center gap-3">
        {!intakeKey.enabled ? (
          <StateLabel state="disabled" />
        ) : expired ? (
          <StateLabel state="disabled" word="Expired" />
        ) : (
          <StateLabel state="destinationReady" word="Works" />
        )}
        {canManage && intakeKey.enabled ? (
          <Button
            size="xs"
            variant="destructive"
            className="touch:h-11"
            aria-label={`Disable key ${intakeKey.name}`}
            onClick={onDisable}
          >
            Disable…
          </Button>
        ) : null}
      </span>
      <p className="col-span-2 flex flex-wrap gap-x-3 text-12 text-muted-foreground">
        <span>
          last used <RelativeTime value={intakeKey.last_used_at_ms} />
        </span>
        <span>
          made <RelativeTime value={madeMs} absent="at an unknown time" />
        </span>
        <span>
          {intakeKey.expires_at_ms === undefined ? "does not expire" : expired ? "expired " : "expires "}
          {intakeKey.expires_at_ms === undefined ? null : <RelativeTime value={intakeKey.expires_at_ms} />}
        </span>
        {intakeKey.source_ids.length > 0 ? <span>only {intakeKey.source_ids.join(", ")}</span> : null}
        {intakeKey.rejected_count > 0 ? <span>{intakeKey.rejected_count} refused</span> : null}
      </p>
    </li>
  );
}
