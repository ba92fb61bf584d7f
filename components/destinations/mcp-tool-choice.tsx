"use client";

import { ChoiceSelect } from "@/components/settings/choice-select";
import { TextField } from "@/components/settings/text-field";
import { type FieldCheck, FieldChecks } from "@/components/ui/field-checks";
import type { McpServerWire, McpToolWire } from "@/lib/contracts/mcp-server";
import type { DestinationFormProps } from "./destination-form";
import { noneOfItsOwn, serverOptions, toolOptions } from "./mcp-choices";
import { McpServerField } from "./mcp-server-field";

type McpToolChoiceProps = DestinationFormProps & {
  /** undefined while nobody knows; names are typed then. */
  servers: readonly McpServerWire[] | undefined;
  server: McpServerWire | undefined;
  tool: McpToolWire | undefined;
};

/** Which tool of which server, chosen from what was found when the servers were inspected. */
export function McpToolChoice(props: McpToolChoiceProps) {
  const { row, servers, server, tool, fallbacks, onChange, errorAt, warningAt, checked } = props;
  const pickServer = (name: string) => {
    const mcp_server = name === noneOfItsOwn ? undefined : name;
    onChange({ ...row, mcp_server, mcp_tool: undefined });
  };
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {servers && servers.length > 0 ? (
        <ChoiceSelect
          label="MCP server"
          value={row.mcp_server ?? noneOfItsOwn}
          options={serverOptions(servers, row.mcp_server, fallbacks.mcpServer)}
          error={errorAt("mcp_server")}
          onChange={pickServer}
        />
      ) : (
        <McpServerField
          value={row.mcp_server}
          fallback={fallbacks.mcpServer}
          error={errorAt("mcp_server")}
          warning={warningAt("mcp_server")}
          checked={checked}
          onChange={(mcp_server) => onChange({ ...row, mcp_server })}
        />
      )}
      <div className="flex min-w-0 flex-col gap-2">
        {server && server.tools.length > 0 ? (
          <ChoiceSelect
            label="Tool"
            value={tool?.name ?? row.mcp_tool ?? noneOfItsOwn}
            options={toolOptions(server, row.mcp_tool)}
            error={errorAt("mcp_tool")}
            onChange={(name) => onChange({ ...row, mcp_tool: name === noneOfItsOwn ? undefined : name })}
          />
        ) : (
          <TextField
            label="Tool"
            mono
            value={row.mcp_tool}
            placeholder="create_ticket"
            maxLength={200}
            error={errorAt("mcp_tool")}
            onChange={(name) => onChange({ ...row, mcp_tool: name || undefined })}
          />
        )}
        <FieldChecks checks={[toolCheck(row.mcp_tool, server, tool)]} />
      </div>
    </div>
  );
}

function toolCheck(
  named: string | undefined,
  server: McpServerWire | undefined,
  tool: McpToolWire | undefined,
): FieldCheck {
  const key = "tool";
  if (!named?.trim()) {
    return { key, result: "fail", what: "No tool yet.", detail: "By its own name or with its server's." };
  }
  if (!server || server.tools.length === 0) {
    return { key, result: "unknown", what: "Looked up", detail: "when its server has been inspected" };
  }
  if (!tool) return { key, result: "fail", what: "Not there", detail: "when the server was inspected" };
  if (!tool.allowed) {
    return { key, result: "fail", what: "Not allowed", detail: "by the server's own list of tools" };
  }
  const hash = tool.schema_hash.slice(0, 12);
  return { key, result: "pass", what: "There.", detail: `Approvals hold for its schema ${hash} alone.` };
}
