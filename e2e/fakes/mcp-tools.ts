import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import {
  CallToolRequestSchema,
  type CallToolResult,
  ListToolsRequestSchema,
  type Tool,
} from "@modelcontextprotocol/sdk/types.js";

export type FakeTicket = { id: string; key: string | null; arguments: Record<string, unknown> };

/** What a call answers besides its ticket; in band, the server works. */
export type ToolStep =
  | { kind: "isError"; words?: string }
  /** Asks in the result's metadata for somebody to sign in; nothing is done. */
  | { kind: "signIn" }
  | { kind: "throws"; code: number; message: string };

/** What a fake server offers. `steps` are taken by the tool that makes things, in order. */
export type FakeToolbox = {
  tools: () => Tool[];
  call: (name: string, args: Record<string, unknown>) => CallToolResult;
  /** This call makes something: it is the one that scripts are for. */
  makes: (name: string, args: Record<string, unknown>) => boolean;
  /** The effect itself, without any answer to it. */
  create: (args: Record<string, unknown>, name?: string) => unknown;
  steps: ToolStep[];
  /** Tools in one page of their list. */
  pageSize: number;
};

/** What a step makes of a call, or null where it is answered as usual. Throws what the protocol calls an error. */
export function answerStep(step: ToolStep | undefined, words: string): CallToolResult | null {
  switch (step?.kind) {
    case "throws":
      throw Object.assign(new Error(step.message), { code: step.code });
    case "isError":
      return { isError: true, content: [{ type: "text", text: step.words ?? words }] };
    case "signIn":
      return {
        isError: true,
        content: [{ type: "text", text: "sign in first" }],
        _meta: { "mcp/www_authenticate": ['Bearer error="invalid_token"'] },
      };
    case undefined:
      return null;
  }
}

/** Two tools over one list of tickets: one that makes them, one that looks for them by key. */
export class FakeTickets implements FakeToolbox {
  readonly tickets: FakeTicket[] = [];
  readonly calls: Array<{ name: string; arguments: Record<string, unknown> }> = [];
  steps: ToolStep[] = [];
  /** Arguments that the making tool asks for besides its own: another schema, another hash. */
  extraRequired: string[] = [];
  pageSize = 50;
  /** A text of this many bytes comes with every answer. */
  padding = 0;

  tools(): Tool[] {
    const text = { type: "string" } as const;
    const extra = Object.fromEntries(this.extraRequired.map((name) => [name, text]));
    return [
      {
        name: "create_ticket",
        description: "Opens a ticket.",
        inputSchema: {
          type: "object",
          properties: {
            title: { type: "string", minLength: 1, maxLength: 500 },
            body: text,
            labels: { type: "array", items: text },
            priority: { type: "string", enum: ["low", "normal", "high"] },
            key: text,
            seen: { type: "integer", minimum: 0 },
            ...extra,
          },
          required: ["title", ...this.extraRequired],
          additionalProperties: false,
        },
      },
      {
        name: "find_ticket",
        description: "Finds tickets by key.",
        annotations: { readOnlyHint: true },
        inputSchema: { type: "object", properties: { key: text }, required: ["key"] },
      },
      { name: "remove_everything", description: "Nobody should.", inputSchema: { type: "object" } },
    ];
  }

  makes(name: string): boolean {
    return name === "create_ticket";
  }

  create(args: Record<string, unknown>): FakeTicket {
    const key = typeof args.key === "string" ? args.key : null;
    const ticket = { id: `T-${this.tickets.length + 1}`, key, arguments: args };
    this.tickets.push(ticket);
    return ticket;
  }

  call(name: string, args: Record<string, unknown>): CallToolResult {
    this.calls.push({ name, arguments: args });
    const step = this.makes(name) ? this.steps.shift() : undefined;
    const stepped = answerStep(step, `could not open a ticket for ${JSON.stringify(args)}`);
    if (stepped) return stepped;
    if (name === "find_ticket") {
      const tickets = this.tickets.filter((each) => each.key === args.key);
      return {
        content: [],
        structuredContent: { tickets: tickets.map(({ id }) => ({ id, url: urlOf(id) })) },
      };
    }
    if (name !== "create_ticket") return { isError: true, content: [{ type: "text", text: "no" }] };
    const { id } = this.create(args);
    const text = `opened ${id}${"x".repeat(this.padding)}`;
    return {
      content: [{ type: "text", text }],
      structuredContent: { id, url: urlOf(id) },
      _meta: { "tickets/id": id, trace: "t-1" },
    };
  }

  /** How many tickets carry each key: more than one is a duplicate. */
  effects(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { key } of this.tickets) counts.set(key ?? "", (counts.get(key ?? "") ?? 0) + 1);
    return counts;
  }
}

const urlOf = (id: string) => `https://tickets.example.com/${id}`;

/** A server of the official SDK over these tools, with their list in pages. */
export function toolServer(box: FakeToolbox): Server {
  const server = new Server({ name: "fake", version: "1.0.0" }, { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, ({ params }) => {
    const from = Number(params?.cursor ?? 0);
    const tools = box.tools();
    const next = from + box.pageSize;
    return {
      tools: tools.slice(from, next),
      ...(next < tools.length && { nextCursor: String(next) }),
    };
  });
  server.setRequestHandler(CallToolRequestSchema, ({ params }) =>
    box.call(params.name, params.arguments ?? {}),
  );
  return server;
}
