"use client";

import { TextField } from "@/components/settings/text-field";
import { FieldChecks } from "@/components/ui/field-checks";
import type { ApiAddress } from "./api-address";
import type { DestinationFormProps } from "./destination-form";
import { DestinationTerms } from "./destination-terms";
import { IssueSettings } from "./issue-settings";
import { NameFields } from "./name-fields";
import { NetworkSettings } from "./network-settings";
import { SecretRefField } from "./secret-ref-field";

const fields = [
  { key: "linear_team", label: "Team", placeholder: "PAY", missing: "No team yet." },
  { key: "linear_project", label: "Project", placeholder: "Reliability", missing: "No project yet." },
] as const;

const address: ApiAddress = {
  key: "api_url",
  label: "API address",
  usual: "https://api.linear.app/graphql",
  help: "Only for a proxy of your own.",
  secrets: ["api_key_ref"],
};

/** Issues of a Linear team and project. */
export function LinearForm(props: DestinationFormProps & { secretMissing: boolean }) {
  const { row, onChange, errorAt, secretMissing } = props;
  return (
    <>
      <NameFields {...props} />
      <div className="grid gap-4 sm:grid-cols-2">
        {fields.map(({ key, label, placeholder, missing }) => (
          <div key={key} className="flex min-w-0 flex-col gap-2">
            <TextField
              label={label}
              value={row[key]}
              placeholder={placeholder}
              maxLength={200}
              error={errorAt(key)}
              onChange={(value) => onChange({ ...row, [key]: value || undefined })}
            />
            <FieldChecks
              checks={[
                row[key]?.trim()
                  ? { key, result: "pass", what: "Set.", detail: "Whether it exists shows in Test access." }
                  : { key, result: "fail", what: missing, detail: "Both are needed to file an issue." },
              ]}
            />
          </div>
        ))}
      </div>
      <SecretRefField
        {...props}
        setting="api_key_ref"
        label="API key reference"
        placeholder="env:TANDEM_LINEAR_KEY"
        missing="Nothing can be filed without one."
        knownUnset={secretMissing}
      />
      <DestinationTerms {...props} />
      <IssueSettings {...props} />
      <NetworkSettings {...props} address={address} pace={{ perMinute: 60, perHour: 1_000 }} />
    </>
  );
}
