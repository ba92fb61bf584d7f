import { sha256Hex } from "@/lib/digest";
import { canonicalJson } from "@/lib/domain/canonical-json";
import type { JsonObject } from "@/lib/domain/config";
import type { McpTool } from "@/lib/domain/mcp";
import { storable, truncate } from "@/lib/domain/text";

type ListedTool = {
  name: string;
  description?: string | undefined;
  inputSchema: unknown;
  annotations?: { readOnlyHint?: boolean | undefined } | undefined;
};

const nameMax = 200;
const descriptionMax = 2_000;
const schemaBytesMax = 65_536;

/** What a server listed, bounded. A tool that has no usable name, or a schema beyond all measure, is left out. */
export function readTools(listed: readonly ListedTool[]): McpTool[] {
  const seen = new Set<string>();
  return listed.flatMap((tool) => {
    const name = storable(tool.name);
    const inputSchema = tool.inputSchema as JsonObject;
    const isUsable = name.length > 0 && name.length <= nameMax && !/[\s\p{Cc}]/u.test(name);
    if (!isUsable || seen.has(name)) return [];
    if (Buffer.byteLength(JSON.stringify(inputSchema)) > schemaBytesMax) return [];
    seen.add(name);
    return [
      {
        name,
        description: truncate(storable(tool.description ?? ""), descriptionMax),
        inputSchema: JSON.parse(storable(JSON.stringify(inputSchema))) as JsonObject,
        schemaHash: sha256Hex(canonicalJson({ name, input_schema: inputSchema })),
        readOnly: tool.annotations?.readOnlyHint === true,
      },
    ];
  });
}
