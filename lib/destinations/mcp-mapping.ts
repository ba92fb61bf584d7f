import type { Destination, JsonObject } from "@/lib/domain/config";
import type { Issue } from "@/lib/domain/config-issue";
import { schemaFaults } from "@/lib/domain/json-schema";
import type { McpServers, McpTool } from "@/lib/domain/mcp";
import { mappingOutline } from "@/lib/domain/mcp-placeholders";
import { type Reason, reason } from "@/lib/domain/reason";
import { chooseTools, readMcpConfig } from "./mcp-config";

/** Where a mapping stands in the row, and the tool that has to take it. */
type Mapped = { where: string; mapping: JsonObject; tool: McpTool };

/** What keeps the tools from taking what they are mapped. A placeholder is judged by its type alone: its text is not known yet. */
export function mappingReasons(mapped: Mapped): Reason[] {
  const [fault] = schemaFaults(mapped.tool.inputSchema, mappingOutline(mapped.mapping).outline);
  if (!fault) return [];
  const at = fault.path === "" ? mapped.where : `${mapped.where}: ${fault.path}`;
  return [reason("mapping_does_not_fit", `The tool does not take this mapping: ${at} ${fault.message}.`)];
}

/** Everything worth saying of a row's mappings when it is saved, with paths below the row. */
export function mcpMappingFaults(destination: Destination, servers: McpServers): Issue[] {
  const config = readMcpConfig(destination);
  const key =
    destination.config?.payload === undefined && destination.config?.arguments ? "arguments" : "payload";
  const wheres = [
    { where: `config.${key}`, mapping: config.mapping },
    ...(config.lookUp ? [{ where: "config.lookup_arguments", mapping: config.lookUp.mapping }] : []),
  ];
  const unknown = wheres.flatMap(({ where, mapping }) =>
    mappingOutline(mapping).unknown.map((name) => ({
      ...{ path: where, code: "placeholder_unknown" },
      message: `Nothing here has the name ${name}: publishing will be refused.`,
    })),
  );
  const chosen = chooseTools(config, servers);
  if (!chosen.ok) return unknown;
  const tools = [chosen.tool, ...(chosen.lookUp ? [chosen.lookUp.tool] : [])];
  const faults = wheres.flatMap(({ where, mapping }, index) => {
    const tool = tools[index];
    if (!tool || Object.keys(mapping).length === 0) return [];
    return schemaFaults(tool.inputSchema, mappingOutline(mapping).outline).map(({ path, message }) => ({
      path: path === "" ? where : `${where}.${path}`,
      code: "mapping_does_not_fit",
      message: `${path || "It"} ${message}, as ${tool.name} takes it.`,
    }));
  });
  return [...unknown, ...faults];
}
