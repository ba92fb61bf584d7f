"use client";

import { TextField } from "@/components/settings/text-field";
import { FieldChecks } from "@/components/ui/field-checks";
import type { DestinationFormProps } from "./destination-form";
import { DestinationTerms } from "./destination-terms";
import { McpServerField } from "./mcp-server-field";
import { NameFields } from "./name-fields";

const fields = [
  { key: "linear_team", label: "Team", placeholder: "PAY", missing: "No team yet." },
  { key: "linear_project", label: "Project", placeholder: "Reliability", missing: "No project yet." },
] as const;

/** Issues of a Linear team and project, through an MCP server that can list and save them. */
export function LinearForm(props: DestinationFormProps) {
  const { row, fallbacks, onChange, errorAt, warningAt, checked } = props;
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
                  ? { key, result: "pass", what: "Set.", detail: "That it exists is found out when sending." }
                  : { key, result: "fail", what: missing, detail: "Both are needed to file an issue." },
              ]}
            />
          </div>
        ))}
        <McpServerField
          value={row.mcp_server}
          fallback={fallbacks.mcpServer}
          error={errorAt("mcp_server")}
          warning={warningAt("mcp_server")}
          checked={checked}
          onChange={(mcp_server) => onChange({ ...row, mcp_server })}
        />
      </div>
      <DestinationTerms {...props} />
    </>
  );
}
