"use client";

import { DestinationPicker } from "@/components/destinations/destination-picker";
import { ApproverPicker } from "@/components/settings/approver-picker";
import { ChoiceSelect } from "@/components/settings/choice-select";
import { PeopleCount } from "@/components/settings/people-count";
import { isSlug, slugFor } from "@/components/settings/slug";
import { SwitchRow } from "@/components/settings/switch-row";
import { TextField } from "@/components/settings/text-field";
import { approvalPolicies } from "@/components/settings/words";
import type { DestinationWire, RouteWire } from "@/lib/contracts/config";
import { ActiveWindows } from "./active-windows";
import { ConditionFields } from "./condition-fields";
import { orderOf, type RouteCondition } from "./condition-ops";
import { ConditionRows } from "./condition-rows";
import { type ConditionField, conditions, hasMoreConditions } from "./conditions";
import { RouteBehaviour } from "./route-behaviour";
import { RouteOrder } from "./route-order";

export type RouteFormProps = {
  route: RouteWire;
  isNew: boolean;
  takenIds: readonly string[];
  place: number;
  count: number;
  destinations: readonly DestinationWire[];
  defaultIds: readonly string[];
  onChange: (route: RouteWire) => void;
  onMove: (place: number) => void;
  suggestionsFor: (field: ConditionField) => string[];
  errorAt: (field: string) => string | undefined;
};

/** A route, field by field: its name, when it holds, where it leads, what it asks of a person, and its place. */
export function RouteForm(props: RouteFormProps) {
  const { route, isNew, destinations, defaultIds, onChange, errorAt } = props;
  return (
    <>
      <NameFields {...props} />
      <ConditionFields
        key={isNew ? "new" : route.route_id}
        lists={route}
        legend="When all of these hold"
        empty={hasMoreConditions(route) ? undefined : "No condition: it matches every record."}
        onChange={(field, values) => onChange({ ...route, [field]: values })}
        suggestionsFor={props.suggestionsFor}
        errorAt={errorAt}
      />
      <ConditionRows
        conditions={route.conditions ?? []}
        suggestionsFor={(field) => {
          const list = conditions.find((each) => each.trace === field);
          return list ? props.suggestionsFor(list.field) : [...levelsOf(field)];
        }}
        errorAt={errorAt}
        onChange={(rows) => onChange({ ...route, conditions: rows })}
      />
      <ActiveWindows
        legend="Only at these times"
        empty="No window: at all times."
        windows={route.active_windows ?? []}
        errorAt={(path) => errorAt(`active_windows${path}`)}
        onChange={(active_windows) => onChange({ ...route, active_windows })}
      />
      <DestinationPicker
        legend="Send to"
        ordered
        ids={route.destination_ids}
        empty={
          defaultIds.length > 0
            ? `Nothing chosen: the default destinations, ${defaultIds.join(", ")}.`
            : "Nothing chosen, and there is no default destination either."
        }
        destinations={destinations}
        onChange={(destination_ids) => onChange({ ...route, destination_ids })}
      />
      <ChoiceSelect
        label="Approval"
        value={route.approval_policy}
        options={approvalPolicies}
        error={errorAt("approval_policy")}
        onChange={(approval_policy) => onChange({ ...route, approval_policy })}
      />
      <PeopleCount
        label="Approved by"
        value={route.approvals_required}
        help="Two and more always ask for approval, whatever else holds."
        error={errorAt("approvals_required")}
        onChange={(approvals_required) => onChange({ ...route, approvals_required })}
      />
      <ApproverPicker
        label="Named approvers"
        ids={route.approvers}
        count={route.approvals_required}
        error={errorAt("approvers")}
        onChange={(approvers) => onChange({ ...route, approvers })}
      />
      <SwitchRow
        label="No author approves their own"
        help="Whoever reported it by hand, or edited its text last."
        checked={route.author_may_not_approve === true}
        onChange={(on) => onChange({ ...route, author_may_not_approve: on })}
      />
      <RouteBehaviour route={route} onChange={onChange} />
      <RouteOrder {...props} />
    </>
  );
}

function levelsOf(field: RouteCondition["field"]): readonly string[] {
  const order = orderOf[field];
  return order === "count" ? [] : (order ?? []);
}

/** The name, and the id that follows it until it is saved. */
function NameFields({ route, isNew, takenIds, onChange, errorAt }: RouteFormProps) {
  const follows = isNew && route.route_id === slugFor(route.name, takenIds, "route");
  const idError = !isSlug(route.route_id)
    ? "Letters, digits, dot, dash and underscore"
    : takenIds.includes(route.route_id)
      ? "Another route has this id"
      : errorAt("route_id");
  return (
    <div className="grid gap-4 sm:grid-cols-2 md:grid-cols-1 xl:grid-cols-2">
      <TextField
        label="Name"
        value={route.name}
        placeholder="Payments, high risk"
        error={errorAt("name")}
        onChange={(name) =>
          onChange({
            ...route,
            name,
            route_id: follows ? slugFor(name, takenIds, "route") : route.route_id,
          })
        }
      />
      <TextField
        label="Id"
        mono
        value={route.route_id}
        readOnly={!isNew}
        error={isNew ? idError : undefined}
        onChange={(route_id) => onChange({ ...route, route_id })}
      />
    </div>
  );
}
