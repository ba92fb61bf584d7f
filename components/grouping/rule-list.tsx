"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { LoadingRows } from "@/components/layout/loading-rows";
import { notify } from "@/components/layout/notify";
import { notifyFailure } from "@/components/layout/notify-failure";
import { QueryFailure } from "@/components/layout/query-failure";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { plural } from "@/components/settings/words";
import { Button } from "@/components/ui/button";
import type { GroupingRuleWire } from "@/lib/contracts/grouping";
import { incidentPath } from "@/lib/paths";
import { groupingRulesQuery, useUndoGrouping } from "@/lib/queries/incident-actions";
import { usePermission } from "@/lib/queries/session";
import { ruleWords } from "./rule-draft";

/** Rules and splits, newest first; each that stands can be taken back. */
export function RuleList() {
  const list = useQuery(groupingRulesQuery());
  const undo = useUndoGrouping();
  const mayRule = usePermission("configure").allowed;
  const maySplit = usePermission("decide").allowed;
  const rules = list.data?.rules ?? [];
  return (
    <Section title="Rules and splits" count={list.data ? String(rules.length) : undefined}>
      {list.isPending ? (
        <LoadingRows what="rules" count={2} />
      ) : list.isError ? (
        <QueryFailure
          error={list.error}
          what="The rules"
          onRetry={() => void list.refetch()}
          retrying={list.isFetching}
        />
      ) : rules.length === 0 ? (
        <p className="text-muted-foreground">Sightings are grouped as they come: there is no rule yet.</p>
      ) : (
        <ul className="-mt-1">
          {rules.map((rule) => (
            <li
              key={rule.rule_id}
              className="flex flex-wrap items-start gap-x-3 gap-y-1 border-b border-border py-2 last:border-b-0"
            >
              <div className="min-w-0 flex-1 basis-60">
                <p className="wrap-anywhere">{ruleWords(rule)}</p>
                <p className="text-12 text-muted-foreground">
                  {rule.project_id ?? "no project"}, {outcomeOf(rule)},{" "}
                  {rule.applied_by.name ?? rule.applied_by.id}, <RelativeTime value={rule.applied_at_ms} />
                  {rule.split ? (
                    <>
                      ,{" "}
                      <Link href={incidentPath(rule.split.incident_id)} className="link">
                        the incident
                      </Link>
                    </>
                  ) : null}
                  {rule.undone_at_ms === undefined ? null : (
                    <>
                      ; undone <RelativeTime value={rule.undone_at_ms} />
                    </>
                  )}
                </p>
              </div>
              {rule.undone_at_ms === undefined && (rule.kind === "split" ? maySplit : mayRule) ? (
                <Button
                  size="sm"
                  className="touch:h-11"
                  aria-label={`Undo: ${ruleWords(rule)}`}
                  pending={undo.isPending && undo.variables === rule.rule_id}
                  onClick={() =>
                    undo.mutate(rule.rule_id, {
                      onSuccess: () => notify("cancelled", "Undone"),
                      onError: (error) => notifyFailure("Not undone", error),
                    })
                  }
                >
                  Undo
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

const outcomeOf = (rule: GroupingRuleWire) =>
  rule.split
    ? `${plural(rule.split.moved, "sighting")} moved`
    : `${rule.continued.length} went on, ${rule.merged.length} merged`;
