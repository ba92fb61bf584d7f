"use client";

import { CircleDot } from "lucide-react";
import { ListRow } from "@/components/settings/list-row";
import { Badge } from "@/components/ui/badge";
import { destinationColumns } from "./destination-row";
import type { Readiness } from "./readiness";
import { ReadinessLabel } from "./readiness-label";

type LegacyGithubRowProps = {
  repo: string | undefined;
  /** It is the one destination there is. */
  inForce: boolean;
  readiness: Readiness;
  edited: boolean;
  selected: boolean;
  onSelect: () => void;
};

/** The GitHub settings among the destinations: in force alone, or only what GitHub rows fall back to. */
export function LegacyGithubRow({
  repo,
  inForce,
  readiness,
  edited,
  selected,
  onSelect,
}: LegacyGithubRowProps) {
  const why = readiness.reasons.join("; ");
  return (
    <ListRow selected={selected} onSelect={onSelect} dim={!inForce}>
      <span className={destinationColumns}>
        <CircleDot aria-hidden className="mt-0.5 size-4 text-muted-foreground" />
        <span className="flex min-w-0 items-baseline gap-2">
          <b className="truncate font-semibold">GitHub</b>
          <span className="flex-none text-12 text-muted-foreground">legacy settings</span>
          {edited ? <Badge variant="edited">edited</Badge> : null}
        </span>
        <span className="truncate text-12 leading-5 text-muted-foreground max-sm:hidden">
          {inForce ? "everything" : "nobody"}
        </span>
        {inForce ? (
          <ReadinessLabel readiness={readiness} />
        ) : (
          <span className="text-12 leading-5 text-muted-foreground">Not in force</span>
        )}
        <span className="col-[2/-1] min-w-0 truncate font-mono text-[11.5px] leading-4 text-muted-foreground">
          {repo || "no repository"}
        </span>
        {inForce && why && (readiness.state === "not_ready" || readiness.state === "degraded") ? (
          <span className="col-[2/-1] text-12">{why.charAt(0).toUpperCase() + why.slice(1)}</span>
        ) : null}
      </span>
    </ListRow>
  );
}
