"use client";

import type { ReactNode } from "react";
import { DestinationPicker } from "@/components/destinations/destination-picker";
import { ApproverPicker } from "@/components/settings/approver-picker";
import { ChipField } from "@/components/settings/chip-field";
import { ChoiceSelect } from "@/components/settings/choice-select";
import { PeopleCount } from "@/components/settings/people-count";
import { approvalPolicies } from "@/components/settings/words";
import type { DestinationWire, LogSourceWire } from "@/lib/contracts/config";

/** What a project and a log source have in common. */
export type Binding = Pick<
  LogSourceWire,
  | "allowed_destination_ids"
  | "default_destination_ids"
  | "default_route_tags"
  | "approval_policy"
  | "approvals_required"
  | "approvers"
>;

type BindingFieldsProps<Row extends Binding> = {
  row: Row;
  onChange: (row: Row) => void;
  destinations: readonly DestinationWire[];
  errorAt: (field: string) => string | undefined;
  /** What an empty allow-list and an empty default mean here. */
  emptyAllowed: string;
  emptyDefaults: string;
  /** What comes of it, said under the lists. */
  effective: ReactNode;
};

/** Where reports may go, where they go by default, and what their approval takes. */
export function BindingFields<Row extends Binding>(props: BindingFieldsProps<Row>) {
  const { row, onChange, destinations, errorAt, emptyAllowed, emptyDefaults, effective } = props;
  const faults = [errorAt("allowed_destination_ids"), errorAt("default_destination_ids")].filter(Boolean);
  return (
    <>
      <DestinationPicker
        legend="May send to"
        ids={row.allowed_destination_ids}
        empty={emptyAllowed}
        destinations={destinations}
        onChange={(allowed_destination_ids) => onChange({ ...row, allowed_destination_ids })}
      />
      <DestinationPicker
        legend="Sends by default to"
        ordered
        ids={row.default_destination_ids}
        empty={emptyDefaults}
        destinations={destinations}
        within={row.allowed_destination_ids}
        onChange={(default_destination_ids) => onChange({ ...row, default_destination_ids })}
      />
      <p className="rounded-md bg-muted px-2.5 py-2 text-12">{effective}</p>
      {faults.map((fault) => (
        <p key={fault} role="status" className="text-12 text-destructive">
          {fault}
        </p>
      ))}
      <div className="grid gap-4 sm:grid-cols-2">
        <ChoiceSelect
          label="Approval"
          value={row.approval_policy}
          options={approvalPolicies}
          error={errorAt("approval_policy")}
          onChange={(approval_policy) => onChange({ ...row, approval_policy })}
        />
        <PeopleCount
          label="Approved by"
          value={row.approvals_required}
          help="Of project, source and route the highest counts."
          error={errorAt("approvals_required")}
          onChange={(approvals_required) => onChange({ ...row, approvals_required })}
        />
        <ApproverPicker
          label="Named approvers"
          ids={row.approvers}
          count={row.approvals_required}
          error={errorAt("approvers")}
          onChange={(approvers) => onChange({ ...row, approvers })}
        />
        <ChipField
          label="Tags"
          note="(for routes)"
          values={row.default_route_tags}
          placeholder="payments"
          help="Added to every report; reporters cannot add their own."
          error={errorAt("default_route_tags")}
          onChange={(default_route_tags) => onChange({ ...row, default_route_tags })}
        />
      </div>
    </>
  );
}
