"use client";

import { useQuery } from "@tanstack/react-query";
import { argumentsTaken, takesOthers } from "@/components/mcp/tool-arguments";
import { SwitchRow } from "@/components/settings/switch-row";
import { mcpServersQuery } from "@/lib/queries/mcp-servers";
import type { DestinationFormProps } from "./destination-form";
import { DestinationTerms } from "./destination-terms";
import { toolNamed } from "./mcp-choices";
import { McpLookUpFields } from "./mcp-look-up-fields";
import { McpPayloadFields } from "./mcp-payload-fields";
import { McpToolChoice } from "./mcp-tool-choice";
import { NameFields } from "./name-fields";
import { flagOf, withSetting } from "./webhook-settings";

/** A call of one tool of an MCP server, with arguments taken from the draft. */
export function McpToolForm(props: DestinationFormProps) {
  const { row, fallbacks, onChange, errorAt } = props;
  const servers = useQuery(mcpServersQuery()).data;
  const server = servers?.find((each) => each.name === (row.mcp_server ?? fallbacks.mcpServer));
  const tool = toolNamed(server, row.mcp_tool);
  const allowed = flagOf(row.config, "allow_publish") || flagOf(row.config, "allow_mcp_publish");
  return (
    <>
      <NameFields {...props} />
      <McpToolChoice {...props} servers={servers} server={server} tool={tool} />
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
        taken={tool ? argumentsTaken(tool) : []}
        takesOthers={tool ? takesOthers(tool) : true}
        error={errorAt("config")}
        onChange={(config) => onChange({ ...row, config })}
      />
      <McpLookUpFields row={row} server={server} onChange={onChange} />
      <DestinationTerms {...props} />
    </>
  );
}
