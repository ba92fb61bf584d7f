import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import type { McpServerWire, McpToolWire } from "@/lib/contracts/mcp-server";
import { argumentsTaken } from "./tool-arguments";

/** The tools as last inspected: what each takes, and the hash that an approval is bound to. */
export function ToolList({ server }: { server: McpServerWire }) {
  if (server.tools.length === 0) return null;
  return (
    <section aria-label="Tools" className="flex flex-col gap-2">
      <h3 className="text-13 font-semibold">Tools</h3>
      <ul className="border-t border-border">
        {server.tools.map((tool) => (
          <Tool key={tool.name} tool={tool} />
        ))}
      </ul>
    </section>
  );
}

function Tool({ tool }: { tool: McpToolWire }) {
  const taken = argumentsTaken(tool);
  return (
    <li className="flex flex-col gap-1 border-b border-border py-2.5">
      <p className="flex min-w-0 flex-wrap items-baseline gap-2">
        <code className="min-w-0 font-medium break-all">{tool.name}</code>
        {tool.read_only ? <Badge>only reads</Badge> : null}
        {tool.allowed ? null : <Badge>not allowed</Badge>}
      </p>
      {tool.description ? <p className="text-12 break-words">{tool.description}</p> : null}
      <p className="text-12 break-words text-muted-foreground">
        {taken.length === 0
          ? "takes no arguments"
          : `takes ${taken.map(({ name, type, required }) => `${name} (${type}${required ? ", required" : ""})`).join(", ")}`}
      </p>
      <p className="flex items-center gap-1 text-12 text-muted-foreground">
        schema <code className="truncate">{tool.schema_hash.slice(0, 12)}</code>
        <CopyButton value={tool.schema_hash} label={`Copy the schema hash of ${tool.name}`} />
      </p>
    </li>
  );
}
