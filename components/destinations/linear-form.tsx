"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ChoiceSelect } from "@/components/settings/choice-select";
import { TextField } from "@/components/settings/text-field";
import { FieldChecks } from "@/components/ui/field-checks";
import { mcpServersQuery } from "@/lib/queries/mcp-servers";
import type { ApiAddress } from "./api-address";
import type { DestinationFormProps } from "./destination-form";
import { DestinationTerms } from "./destination-terms";
import { IssueSettings } from "./issue-settings";
import { McpServerChoice } from "./mcp-server-choice";
import { NameFields } from "./name-fields";
import { NetworkSettings } from "./network-settings";
import { SecretRefField } from "./secret-ref-field";
import { withSetting } from "./webhook-settings";

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

const ways = [
  { value: "key", label: "An API key", help: "A personal key, or a token of an application." },
  {
    value: "mcp",
    label: "An MCP server",
    help: "Files through a server that can list, read, create and comment on issues.",
  },
] as const;
type Way = (typeof ways)[number]["value"];

/** Issues of a Linear team and project. */
export function LinearForm(props: DestinationFormProps & { secretMissing: boolean }) {
  const { row, fallbacks, onChange, errorAt, secretMissing } = props;
  const [way, setWay] = useState<Way>(() =>
    (row.mcp_server ?? fallbacks.mcpServer) && row.config?.api_key_ref === undefined ? "mcp" : "key",
  );
  const servers = useQuery(mcpServersQuery()).data;
  function choose(next: Way) {
    setWay(next);
    // A key of its own would win over a server: each way takes the other's setting out.
    if (next === "mcp") onChange({ ...row, config: withSetting(row.config, "api_key_ref", undefined) });
    else onChange({ ...row, mcp_server: undefined });
  }
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
      <ChoiceSelect
        label="Sign in with"
        className="sm:max-w-72"
        value={way}
        options={ways}
        onChange={choose}
      />
      {way === "key" ? (
        <SecretRefField
          {...props}
          setting="api_key_ref"
          label="API key reference"
          placeholder="env:TANDEM_LINEAR_KEY"
          missing="Nothing can be filed without one."
          knownUnset={secretMissing}
        />
      ) : (
        <McpServerChoice
          {...props}
          withCheck
          servers={servers}
          onPick={(mcp_server) => onChange({ ...row, mcp_server })}
        />
      )}
      <DestinationTerms {...props} />
      <IssueSettings {...props} />
      <NetworkSettings
        {...props}
        address={way === "mcp" ? null : address}
        pace={{ perMinute: 60, perHour: 1_000 }}
      />
    </>
  );
}
