"use client";

import { useQuery } from "@tanstack/react-query";
import { EmptyState } from "@/components/layout/empty-state";
import { chosenRow } from "@/components/settings/chosen-row";
import { sameJson } from "@/components/settings/config-section";
import { issuePath, messageAt } from "@/components/settings/issue-paths";
import { SettingsSave } from "@/components/settings/settings-save";
import { SplitPane } from "@/components/settings/split-pane";
import { useConfigCheck } from "@/components/settings/use-config-check";
import { useConfigDraft } from "@/components/settings/use-config-draft";
import { useUrlSelection } from "@/components/settings/use-url-selection";
import type { ConfigWire } from "@/lib/contracts/config";
import { statusQuery, useTestDestination } from "@/lib/queries/settings";
import { DestinationList } from "./destination-list";
import { DestinationPane } from "./destination-pane";
import {
  destinationKeys,
  newDestination,
  replaceDestination,
  usesOf,
  withoutDestination,
} from "./edit-destinations";
import { destinationKinds } from "./kinds";
import { readinessOf } from "./readiness";
import { TestButton } from "./test-button";

type DestinationsEditorProps = { config: ConfigWire; canEdit: boolean; initial: string | null };

export function DestinationsEditor({ config, canEdit, initial }: DestinationsEditorProps) {
  const draft = useConfigDraft("destinations", destinationKeys, config);
  const check = useConfigCheck(draft.patch, draft.base.updated_at_ms, canEdit);
  const readiness = useQuery(statusQuery()).data?.destination_readiness;
  const { selected, select } = useUrlSelection("id", initial);
  const test = useTestDestination();

  const rows = draft.value.destinations;
  const { row, index, chosen } = chosenRow(rows, selected, (each) => each.destination_id);
  const saved = row && draft.base.destinations.find((each) => each.destination_id === row.destination_id);
  const edited = Boolean(row && saved && !sameJson(row, saved));
  const path = `destinations[${index}]`;

  function add(kind: "webhook" | "telemetry") {
    const fresh = newDestination(
      kind,
      rows.map((each) => each.destination_id),
    );
    draft.update(({ destinations }) => ({ destinations: [...destinations, fresh] }));
    select(fresh.destination_id, true);
  }

  return (
    <>
      <SplitPane
        paneLabel={row?.destination_id || "Destination"}
        paneOpen={chosen}
        list={
          <DestinationList
            section={draft.value}
            base={draft.base}
            readiness={readiness}
            selectedId={row?.destination_id ?? null}
            canEdit={canEdit}
            onSelect={(id) => {
              test.reset();
              select(id);
            }}
            onAdd={add}
          />
        }
        pane={
          row ? (
            <DestinationPane
              row={row}
              saved={saved}
              takenIds={rows.filter((_, at) => at !== index).map((each) => each.destination_id)}
              readiness={readinessOf(readiness, row)}
              uses={usesOf(draft.value, row.destination_id)}
              edited={edited}
              canEdit={canEdit}
              checked={check.current}
              errorAt={(field) => messageAt(check.errors, `${path}.${field}`)}
              warningAt={(field) =>
                check.warnings.find((each) => issuePath(each.path) === `${path}.${field}`)
              }
              test={{ result: test.data, error: test.error }}
              onChange={(next) => {
                draft.update((section) => replaceDestination(section, row.destination_id, next));
                if (next.destination_id !== row.destination_id) select(next.destination_id, true);
              }}
              onRemove={() => {
                draft.update((section) => withoutDestination(section, row.destination_id));
                select(null);
              }}
              onBack={() => select(null)}
            />
          ) : (
            <EmptyState title="Nothing to show yet">Add a destination to set it up here.</EmptyState>
          )
        }
      />
      <SettingsSave
        draft={draft}
        canEdit={canEdit}
        check={check}
        remark="Never shown: a secret's value"
        keepOnPhone={chosen}
        onSaved={() => row && select(row.destination_id)}
        extra={
          row && destinationKinds[row.kind].editable ? (
            <TestButton
              isSaved={saved !== undefined}
              isEdited={edited}
              pending={test.isPending}
              onTest={() => test.mutate(row.destination_id)}
            />
          ) : null
        }
      />
    </>
  );
}
