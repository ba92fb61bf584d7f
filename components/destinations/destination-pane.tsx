"use client";

import { PaneHeader } from "@/components/settings/pane-header";
import { Switch } from "@/components/ui/switch";
import type { DestinationTestWire } from "@/lib/contracts/status";
import { DeliveryExample } from "./delivery-example";
import { DestinationActivity } from "./destination-activity";
import type { DestinationFormProps } from "./destination-form";
import { type Uses, usedByWords } from "./edit-destinations";
import { KindForm } from "./kind-form";
import { destinationKinds } from "./kinds";
import type { Readiness } from "./readiness";
import { ReadinessNote } from "./readiness-note";
import { RemoveDestination } from "./remove-destination";
import { TestResult } from "./test-result";

type DestinationPaneProps = DestinationFormProps & {
  readiness: Readiness;
  uses: Uses;
  isLast: boolean;
  edited: boolean;
  canEdit: boolean;
  test: { result: DestinationTestWire | undefined; error: Error | null };
  onRemove: () => void;
  onBack: () => void;
};

/** One destination: can it send, its form, and how to take it away. */
export function DestinationPane(props: DestinationPaneProps) {
  const { row, saved, readiness, uses, edited, canEdit, test, onChange, onRemove, onBack } = props;
  const kind = destinationKinds[row.kind];
  const usedBy = usedByWords(uses);
  return (
    <div className="flex flex-col gap-4 px-4 py-4 md:px-6">
      <PaneHeader
        title={row.name || (saved ? row.destination_id : "New destination")}
        meta={`${kind.word}, ${usedBy === "no route" ? "no route sends here yet" : `sent by ${usedBy}`}`}
        backLabel="Back to destinations"
        onBack={onBack}
        actions={
          <label className="flex min-h-6 items-center gap-2 touch:min-h-11">
            <Switch
              checked={row.enabled}
              disabled={!canEdit}
              onCheckedChange={(enabled) => onChange({ ...row, enabled })}
            />
            Enabled
          </label>
        }
      />
      {saved ? <ReadinessNote readiness={readiness} edited={edited} /> : null}
      <div aria-live="polite" className="empty:hidden">
        <TestResult {...test} />
      </div>
      {saved ? (
        <DestinationActivity destinationId={row.destination_id} stopSaid={readiness.state === "not_ready"} />
      ) : null}
      <fieldset disabled={!canEdit} className="flex min-w-0 flex-col gap-4">
        <KindForm {...props} secretMissing={readiness.reasons.some((why) => why.includes("secret"))} />
      </fieldset>
      {row.kind === "webhook" ? <DeliveryExample url={row.webhook_url} /> : null}
      <RemoveDestination
        name={row.name || row.destination_id}
        isNew={saved === undefined}
        uses={uses}
        isLast={props.isLast}
        canEdit={canEdit}
        onRemove={onRemove}
      />
    </div>
  );
}
