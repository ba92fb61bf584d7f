"use client";

import { SwitchRow } from "@/components/settings/switch-row";
import { TextField } from "@/components/settings/text-field";
import { FieldChecks } from "@/components/ui/field-checks";
import type { DestinationFormProps } from "./destination-form";
import { DestinationTerms } from "./destination-terms";
import { McpPayloadFields } from "./mcp-payload-fields";
import { McpServerField } from "./mcp-server-field";
import { NameFields } from "./name-fields";
import { flagOf, withSetting } from "./webhook-settings";

/** A call of one tool of an MCP server, with arguments taken from the draft. */
export function McpToolForm(props: DestinationFormProps) {
  const { row, fallbacks, onChange, errorAt, warningAt, checked } = props;
  const allowed = flagOf(row.config, "allow_publish") || flagOf(row.config, "allow_mcp_publish");
  return (
    <>
      <NameFields {...props} />
      <div className="grid gap-4 sm:grid-cols-2">
        <McpServerField
          value={row.mcp_server}
          fallback={fallbacks.mcpServer}
          error={errorAt("mcp_server")}
          warning={warningAt("mcp_server")}
          checked={checked}
          onChange={(mcp_server) => onChange({ ...row, mcp_server })}
        />
        <div className="flex min-w-0 flex-col gap-2">
          <TextField
            label="Tool"
            mono
            value={row.mcp_tool}
            placeholder="create_ticket"
            maxLength={200}
            error={errorAt("mcp_tool")}
            onChange={(tool) => onChange({ ...row, mcp_tool: tool || undefined })}
          />
          <FieldChecks
            checks={[
              row.mcp_tool?.trim()
                ? {
                    key: "tool",
                    result: "pass",
                    what: "Named.",
                    detail: "The server must have it and allow it.",
                  }
                : {
                    key: "tool",
                    result: "fail",
                    what: "No tool yet.",
                    detail: "By its own name or with its server's.",
                  },
            ]}
          />
        </div>
      </div>
      <SwitchRow
        label="This tool may be called to publish"
        help={allowed ? "Each call still takes a published draft." : "Off: nothing is ever called."}
        checked={allowed}
        onChange={(on) => {
          const { allow_mcp_publish: _, ...config } = row.config ?? {};
          onChange({ ...row, config: withSetting(config, "allow_publish", on ? true : undefined) });
        }}
      />
      <McpPayloadFields
        config={row.config}
        error={errorAt("config")}
        onChange={(config) => onChange({ ...row, config })}
      />
      <DestinationTerms {...props} />
    </>
  );
}
