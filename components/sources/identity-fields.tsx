"use client";

import { MoreSettings } from "@/components/settings/more-settings";
import { RedactionProfileSelect } from "@/components/settings/redaction-profile-select";
import { RetentionProfileSelect } from "@/components/settings/retention-profile-select";
import { TextField } from "@/components/settings/text-field";
import type { LogSourceWire } from "@/lib/contracts/config";

type Identity = Pick<
  LogSourceWire,
  "tenant_id" | "workspace_id" | "event_schema_version" | "redaction_profile" | "retention_profile"
>;

const fields: readonly { key: keyof Identity; label: string; hint: string }[] = [
  { key: "tenant_id", label: "Tenant", hint: "acme" },
  { key: "workspace_id", label: "Workspace", hint: "main" },
  { key: "event_schema_version", label: "Schema version", hint: "2026-06-29" },
];

type IdentityFieldsProps<Row extends Identity> = {
  row: Row;
  onChange: (row: Row) => void;
  errorAt: (field: string) => string | undefined;
  /** Of a log source: what it takes from its project when left empty. */
  inherited?: Identity;
  /** Of the safety defaults; what holds when neither the row nor its project chose one. */
  defaultProfile: string;
};

/** Who a report belongs to and by which rules it is kept. Attributes for routing and evidence. */
export function IdentityFields<Row extends Identity>(props: IdentityFieldsProps<Row>) {
  const { row, onChange, errorAt, inherited, defaultProfile } = props;
  const set = [...fields.map(({ key }) => row[key]), row.retention_profile, row.redaction_profile].filter(
    Boolean,
  );
  return (
    <MoreSettings title="Identity and profiles" summary={set.join(", ") || "nothing set"}>
      <div className="grid gap-4 sm:grid-cols-2">
        {fields.map(({ key, label, hint }) => (
          <TextField
            key={key}
            label={label}
            value={row[key]}
            placeholder={inherited?.[key] ?? hint}
            help={inherited?.[key] && !row[key] ? "From the project" : undefined}
            maxLength={200}
            error={errorAt(key)}
            onChange={(value) => onChange({ ...row, [key]: value === "" ? undefined : value })}
          />
        ))}
        <RetentionProfileSelect
          label="Retention profile"
          value={row.retention_profile}
          inherits={
            inherited?.retention_profile
              ? `From the project: ${inherited.retention_profile}`
              : "As everything else"
          }
          error={errorAt("retention_profile")}
          onChange={(retention_profile) => onChange({ ...row, retention_profile })}
        />
        <RedactionProfileSelect
          label="Redaction profile"
          value={row.redaction_profile}
          inherits={
            inherited?.redaction_profile
              ? `From the project: ${inherited.redaction_profile}`
              : `The default: ${defaultProfile}`
          }
          error={errorAt("redaction_profile")}
          onChange={(redaction_profile) => onChange({ ...row, redaction_profile })}
        />
      </div>
    </MoreSettings>
  );
}
