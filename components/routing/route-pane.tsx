"use client";

import { useState } from "react";
import { ConfirmDialog } from "@/components/settings/confirm-dialog";
import { PaneHeader } from "@/components/settings/pane-header";
import { Button } from "@/components/ui/button";
import { Switch } from "@/components/ui/switch";
import { RouteForm, type RouteFormProps } from "./route-form";

type RoutePaneProps = RouteFormProps & { canEdit: boolean; onRemove: () => void; onBack: () => void };

/** One route: its switch, its form, and how to take it away. */
export function RoutePane(props: RoutePaneProps) {
  const { route, isNew, canEdit, onChange, onRemove, onBack } = props;
  const [asking, setAsking] = useState(false);
  const name = route.name || (isNew ? "New route" : route.route_id);
  return (
    <div className="flex flex-col gap-4">
      <PaneHeader
        title={name}
        backLabel="Back to routes"
        onBack={onBack}
        actions={
          <label className="flex min-h-6 items-center gap-2 touch:min-h-11">
            <Switch
              checked={route.enabled}
              disabled={!canEdit}
              onCheckedChange={(enabled) => onChange({ ...route, enabled })}
            />
            Enabled
          </label>
        }
      />
      <fieldset disabled={!canEdit} className="flex min-w-0 flex-col gap-5">
        <RouteForm {...props} />
      </fieldset>
      {canEdit ? (
        <div className="border-t border-border pt-4">
          <Button
            size="sm"
            variant="destructive"
            className="touch:h-11"
            onClick={() => (isNew ? onRemove() : setAsking(true))}
          >
            {isNew ? "Discard this route" : "Remove route…"}
          </Button>
        </div>
      ) : null}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Remove ${name}?`}
        confirm="Remove"
        onConfirm={onRemove}
      >
        <p>
          What it matched is then tried against the routes after it, and goes to the default destinations if
          none matches. What was sent stays sent. Nothing happens until you save.
        </p>
      </ConfirmDialog>
    </div>
  );
}
