"use client";

import { ChoiceSelect } from "@/components/settings/choice-select";
import { TextField } from "@/components/settings/text-field";
import { type FieldCheck, FieldChecks } from "@/components/ui/field-checks";
import type { McpServerWire, McpToolWire } from "@/lib/contracts/mcp-server";
import type { DestinationFormProps } from "./destination-form";
import { noneOfItsOwn, toolOptions } from "./mcp-choices";
import { McpServerChoice } from "./mcp-server-choice";

type McpToolChoiceProps = DestinationFormProps & {
  /** undefined while nobody knows; names are typed then. */
  servers: readonly McpServerWire[] | undefined;
  server: McpServerWire | undefined;
  tool: McpToolWire | undefined;
};

/** Which tool of which server, chosen from what was found when the servers were inspected. */
export function McpToolChoice(props: McpToolChoiceProps) {
  const { row, servers, server, tool, onChange, errorAt } = props;
  // A name that is being typed keeps the tool; another server that is picked has other tools.
  const isKnown = Boolean(servers && servers.length > 0);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <McpServerChoice
        {...props}
        onPick={(mcp_server) => onChange({ ...row, mcp_server, ...(isKnown && { mcp_tool: undefined }) })}
      />
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
