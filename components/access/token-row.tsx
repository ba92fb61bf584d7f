"use client";

import { RelativeTime } from "@/components/layout/relative-time";
import { useNow } from "@/components/layout/use-now";
import { StateLabel } from "@/components/state/state-label";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { ApiTokenWire } from "@/lib/contracts/access";
import { kindWord, permissionWord } from "./access-words";
import { type TokenStanding, tokenStanding } from "./token-standing";

type TokenRowProps = {
  token: ApiTokenWire;
  /** Rotation names its other half. */
  all: readonly ApiTokenWire[];
  canManage: boolean;
  onRotate: () => void;
  onDisable: () => void;
};

/** A token by what can be known of it: name, beginning, what it may do, use, end. Never its value. */
export function TokenRow({ token, all, canManage, onRotate, onDisable }: TokenRowProps) {
  const now = useNow() ?? 0;
  const standing = tokenStanding(token, all, now);
  const isAlive = standing.state === "works" || standing.state === "ending";
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-0.5 border-b border-border py-2.5">
      <p className="flex min-w-0 flex-wrap items-baseline gap-x-2">
        <b className="truncate font-medium">{token.name}</b>
        <code className="text-[11.5px] text-muted-foreground">{token.prefix}…</code>
        {token.bootstrap ? <Badge>the host’s own</Badge> : null}
        {standing.isUnused ? <Badge>unused for 90 days</Badge> : null}
        {standing.endsSoon ? <Badge>ends soon</Badge> : null}
      </p>
      <TokenState standing={standing} />
      <p className="col-span-2 text-12">
        {kindWord(token.kind)}
        <span className="text-muted-foreground">
          {token.scopes.length === 0
            ? ", all that its kind may do"
            : `, narrowed to: ${token.scopes.map((scope) => permissionWord[scope].toLowerCase()).join(", ")}`}
        </span>
      </p>
      <TokenFacts token={token} standing={standing} now={now} />
      {standing.isUnused ? (
        <p className="col-span-2 text-12">Nobody has used it for 90 days: disable it unless you know why.</p>
      ) : null}
      {token.bootstrap ? (
        <p className="col-span-2 text-12 text-muted-foreground">
          What runs the service signs in with it, so it ends at the host: give the host another one and start
          it again.
        </p>
      ) : canManage && isAlive ? (
        <span className="col-span-2 flex gap-2 pt-1">
          <Button
            size="xs"
            className="touch:h-11"
            aria-label={`Rotate token ${token.name}`}
            onClick={onRotate}
          >
            Rotate…
          </Button>
          <Button
            size="xs"
            variant="destructive"
            className="touch:h-11"
            aria-label={`Disable token ${token.name}`}
            onClick={onDisable}
          >
            Disable…
          </Button>
        </span>
      ) : null}
    </li>
  );
}

function TokenState({ standing }: { standing: TokenStanding }) {
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

function TokenFacts({ token, standing, now }: { token: ApiTokenWire; standing: TokenStanding; now: number }) {
  const ends = token.expires_at_ms;
  return (
    <p className="col-span-2 flex flex-wrap gap-x-3 text-12 text-muted-foreground">
      <span>
        last used <RelativeTime value={token.last_used_at_ms} />
      </span>
      <span>
        made <RelativeTime value={Math.min(token.created_at_ms, now || token.created_at_ms)} /> by{" "}
        {token.created_by.name}
      </span>
      <span>
        {ends === undefined ? "does not expire" : now >= ends ? "ended " : "ends "}
        {ends === undefined ? null : <RelativeTime value={ends} />}
      </span>
      {standing.successor ? <span>replaced by {standing.successor.prefix}…</span> : null}
    </p>
  );
}
