"use client";

import { EmptyState } from "@/components/layout/empty-state";
import { LockedAction } from "@/components/layout/locked-action";
import { McpServers } from "@/components/mcp/mcp-servers";
import { sameJson } from "@/components/settings/config-section";
import { andWords, plural } from "@/components/settings/words";
import type { ConfigWire, DestinationWire } from "@/lib/contracts/config";
import { AddDestination } from "./add-destination";
import { DestinationRow, destinationColumns } from "./destination-row";
import { type DestinationSection, legacyGithub, legacyKeys, usedByWords, usesOf } from "./edit-destinations";
import type { DestinationKind } from "./kinds";
import { LastFailures } from "./last-failures";
import { LegacyGithubRow } from "./legacy-github-row";
import { type ReadinessRow, readinessOf } from "./readiness";

type DestinationListProps = {
  section: DestinationSection;
  base: ConfigWire;
  readiness: readonly ReadinessRow[] | undefined;
  selectedId: string | null;
  canEdit: boolean;
  onSelect: (id: string) => void;
  onAdd: (kind: DestinationKind) => void;
  legacySelected: boolean;
  onSelectLegacy: () => void;
};

/** Every destination with its readiness, and what went wrong lately. */
export function DestinationList(props: DestinationListProps) {
  const { section, base, readiness, selectedId, canEdit, onSelect, onAdd } = props;
  const rows = section.destinations;
  const legacy = (
    <LegacyGithubRow
      repo={section.repo}
      inForce={rows.length === 0}
      readiness={readinessOf(readiness, legacyGithub(base))}
      edited={legacyKeys.some((key) => !sameJson(section[key], base[key]))}
      selected={props.legacySelected}
      onSelect={props.onSelectLegacy}
    />
  );
  return (
    <>
      <div className="flex items-center gap-2 px-4 py-3">
        <div className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2">
          <h2 className="text-14 font-semibold">{plural(rows.length, "destination")}</h2>
          <span className="text-12 text-muted-foreground">{tally(rows, readiness)}</span>
        </div>
        <span className="flex-none">
          {canEdit ? (
            <AddDestination onAdd={onAdd} />
          ) : (
            <LockedAction size="sm" className="touch:h-11" unlocks="Adding needs the admin role." quiet>
              Add
            </LockedAction>
          )}
        </span>
      </div>
      {rows.length === 0 ? (
        <>
          <EmptyState title="No destinations yet">
            Reports are taken in and drafts are made, and the legacy GitHub settings are the only way out. Add
            a webhook, or local telemetry to keep a record here.
          </EmptyState>
          <ul aria-label="Destinations" className="border-t border-border">
            {legacy}
          </ul>
        </>
      ) : (
        <>
          <div
            aria-hidden
            className={`${destinationColumns} border-b border-border px-4 pb-1.5 text-12 text-muted-foreground`}
          >
            <span />
            <span>Where</span>
            <span className="max-sm:hidden">Sent by</span>
            <span>Readiness</span>
          </div>
          <ul aria-label="Destinations">
            {rows.map((row, index) => (
              <DestinationRow
                // biome-ignore lint/suspicious/noArrayIndexKey: an unsaved row's id changes while it is typed
                key={index}
                row={row}
                readiness={readinessOf(readiness, row)}
                usedBy={usedByWords(usesOf(section, row.destination_id))}
                change={changeOf(row, base)}
                selected={row.destination_id === selectedId}
                onSelect={() => onSelect(row.destination_id)}
              />
            ))}
            {legacy}
          </ul>
        </>
      )}
      <McpServers canEdit={canEdit} />
      <LastFailures />
    </>
  );
}

function changeOf(row: DestinationWire, base: ConfigWire): "new" | "edited" | null {
  const saved = base.destinations.find((each) => each.destination_id === row.destination_id);
  if (!saved) return "new";
  return sameJson(saved, row) ? null : "edited";
}

function tally(rows: readonly DestinationWire[], readiness: readonly ReadinessRow[] | undefined): string {
  const states = rows.map((row) => readinessOf(readiness, row).state);
  const count = (state: string) => states.filter((each) => each === state).length;
  const parts = [
    count("ready") > 0 ? `${count("ready")} ready` : "",
    count("degraded") > 0 ? `${count("degraded")} degraded` : "",
    count("not_ready") > 0 ? `${count("not_ready")} not` : "",
    count("disabled") > 0 ? `${count("disabled")} disabled` : "",
  ];
  return andWords(parts.filter(Boolean));
}
