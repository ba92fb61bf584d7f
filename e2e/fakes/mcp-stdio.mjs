// An MCP server of the official SDK as a program: what the host's MCP file declares. Tickets are lines of the file that
// TICKETS_FILE names; MISBEHAVE=hang never answers a call, MISBEHAVE=die ends after it made the ticket.
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";

const file = process.env.TICKETS_FILE;
const misbehaviour = process.env.MISBEHAVE;
const server = new Server({ name: "tickets", version: "1.0.0" }, { capabilities: { tools: {} } });

server.setRequestHandler(ListToolsRequestSchema, () => ({
  tools: [
    {
      name: "create_ticket",
      inputSchema: {
        type: "object",
        properties: { title: { type: "string" }, key: { type: "string" } },
        required: ["title"],
      },
    },
    { name: "environment", inputSchema: { type: "object" } },
  ],
}));

server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
  if (params.name === "environment") {
    return { content: [{ type: "text", text: Object.keys(process.env).sort().join("\n") }] };
  }
  if (misbehaviour === "hang") await new Promise(() => {});
  if (file) appendFileSync(file, `${JSON.stringify(params.arguments)}\n`);
  if (misbehaviour === "die") process.exit(1);
  const count = file && existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").length : 0;
  return { content: [{ type: "text", text: `ticket ${count}` }] };
});

await server.connect(new StdioServerTransport());
