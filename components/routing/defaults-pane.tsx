"use client";

import { DestinationPicker } from "@/components/destinations/destination-picker";
import { PaneHeader } from "@/components/settings/pane-header";
import type { DestinationWire } from "@/lib/contracts/config";

type DefaultsPaneProps = {
  ids: readonly string[];
  destinations: readonly DestinationWire[];
  canEdit: boolean;
  onChange: (ids: string[]) => void;
  onBack: () => void;
};

/** Where a record goes that no route takes, unless its source says otherwise. */
export function DefaultsPane({ ids, destinations, canEdit, onChange, onBack }: DefaultsPaneProps) {
  return (
    <div className="flex flex-col gap-4">
      <PaneHeader title="Default destinations" backLabel="Back to routes" onBack={onBack} />
      <p className="text-muted-foreground">
        For records no route takes, and for routes that name no destination of their own. A source with
        defaults of its own uses those instead.
      </p>
      <fieldset disabled={!canEdit} className="min-w-0">
        <DestinationPicker
          legend="Send to"
          ordered
          ids={ids}
          empty="No default: a record without a matching route is blocked, and says so."
          destinations={destinations}
          onChange={onChange}
        />
      </fieldset>
    </div>
  );
}
