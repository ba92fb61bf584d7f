"use client";

import { useQuery } from "@tanstack/react-query";
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
  legacyGithub,
  newDestination,
  ownGithubRow,
  replaceDestination,
  usesOf,
  withoutDestination,
} from "./edit-destinations";
import type { DestinationKind } from "./kinds";
import { LegacyGithubPane } from "./legacy-github-pane";
import { readinessOf } from "./readiness";
import { TestButton } from "./test-button";

/** Names the legacy GitHub settings in the address. No destination id may be a star. */
const legacy = "*";

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
  const takenIds = rows.map((each) => each.destination_id);
  const onLegacy = selected === legacy || rows.length === 0;

  function add(kind: DestinationKind) {
    const fresh = newDestination(kind, takenIds);
    draft.update(({ destinations }) => ({ destinations: [...destinations, fresh] }));
    select(fresh.destination_id, true);
  }

  function makeRow() {
    const row = ownGithubRow({ ...draft.base, ...draft.value }, takenIds);
    draft.update(({ destinations }) => ({ destinations: [...destinations, row] }));
    select(row.destination_id, true);
  }

  return (
    <>
      <SplitPane
        paneLabel={onLegacy ? "GitHub (legacy settings)" : row?.destination_id || "Destination"}
        paneOpen={chosen || selected === legacy}
        list={
          <DestinationList
            section={draft.value}
            base={draft.base}
            readiness={readiness}
            selectedId={onLegacy ? null : (row?.destination_id ?? null)}
            legacySelected={onLegacy}
            onSelectLegacy={() => {
              test.reset();
              select(legacy);
            }}
            canEdit={canEdit}
            onSelect={(id) => {
              test.reset();
              select(id);
            }}
            onAdd={add}
          />
        }
        pane={
          onLegacy || !row ? (
            <LegacyGithubPane
              section={draft.value}
              base={draft.base}
              readiness={readinessOf(readiness, legacyGithub(draft.base))}
              edited={draft.dirty}
              canEdit={canEdit}
              checked={check.current}
              errorAt={(field) => messageAt(check.errors, field)}
              warningAt={(field) => check.warnings.find((each) => issuePath(each.path) === field)}
              onChange={(part) => draft.update(() => part)}
              onMakeRow={makeRow}
              onBack={() => select(null)}
            />
          ) : (
            <DestinationPane
              row={row}
              saved={saved}
              takenIds={takenIds.toSpliced(index, 1)}
              readiness={readinessOf(readiness, row)}
              uses={usesOf(draft.value, row.destination_id)}
              isLast={rows.length === 1}
              edited={edited}
              fallbacks={{
                repo: draft.value.repo,
                mcpServer: draft.value.mcp_server,
                redactionProfile: draft.base.safety_defaults.redaction_profile,
              }}
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
          )
        }
      />
      <SettingsSave
        draft={draft}
        canEdit={canEdit}
        check={check}
        remark="Never shown: a secret's value"
        keepOnPhone={chosen && !onLegacy}
        onSaved={() => row && !onLegacy && select(row.destination_id)}
        extra={
          row && !onLegacy ? (
            <TestButton
              kind={row.kind}
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
