"use client";

import { ChoiceSelect } from "@/components/settings/choice-select";
import { type FieldCheck, FieldChecks } from "@/components/ui/field-checks";
import type { McpServerWire } from "@/lib/contracts/mcp-server";
import type { DestinationFormProps } from "./destination-form";
import { noneOfItsOwn, serverOptions } from "./mcp-choices";
import { McpServerField } from "./mcp-server-field";

type McpServerChoiceProps = DestinationFormProps & {
  /** undefined while nobody knows; the name is typed then. */
  servers: readonly McpServerWire[] | undefined;
  /** Says below it whether the server can be asked now. */
  withCheck?: boolean;
  onPick: (server: string | undefined) => void;
};

/** One of the servers that are known here, or the deployment's own. */
export function McpServerChoice(props: McpServerChoiceProps) {
  const { row, servers, fallbacks, errorAt, warningAt, checked, withCheck, onPick } = props;
  if (!servers || servers.length === 0) {
    return (
      <McpServerField
        value={row.mcp_server}
        fallback={fallbacks.mcpServer}
        error={errorAt("mcp_server")}
        warning={warningAt("mcp_server")}
        checked={checked}
        onChange={onPick}
      />
    );
  }
  const check = serverStanding(row.mcp_server ?? fallbacks.mcpServer, servers);
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <ChoiceSelect
        label="MCP server"
        value={row.mcp_server ?? noneOfItsOwn}
        options={serverOptions(servers, row.mcp_server, fallbacks.mcpServer)}
        error={errorAt("mcp_server")}
        onChange={(name) => onPick(name === noneOfItsOwn ? undefined : name)}
      />
      {withCheck ? <FieldChecks checks={[check]} /> : null}
    </div>
  );
}

/** Whether the server answered when it was last asked, and how many tools it may be asked for. */
export function serverStanding(named: string | undefined, servers: readonly McpServerWire[]): FieldCheck {
  const key = "server";
  const server = servers.find((each) => each.name === named);
  if (!named) {
    return { key, result: "fail", what: "No server yet.", detail: "Nothing can be filed without one." };
  }
  if (!server) return { key, result: "fail", what: "Not known", detail: "on this host" };
  if (!server.enabled) return { key, result: "fail", what: "Disabled:", detail: "nothing is asked of it" };
  if (!server.connected) {
    const [why] = server.missing;
    return {
      key,
      result: "fail",
      what: "Not connected.",
      detail: why?.message ?? "It has not answered yet.",
    };
  }
  const count = server.tools.filter((tool) => tool.allowed).length;
  const tools = count === 1 ? "1 tool" : `${count} tools`;
  return {
    ...{ key, result: "pass", what: "Connected," },
    detail: `${tools} allowed. Which of them file issues is told once it is saved.`,
  };
}
