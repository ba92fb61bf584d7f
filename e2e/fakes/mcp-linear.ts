import { randomUUID } from "node:crypto";
import type { CallToolResult, Tool } from "@modelcontextprotocol/sdk/types.js";
import { answerStep, type FakeToolbox, type ToolStep } from "./mcp-tools";

type Args = Record<string, unknown>;

export type FakeLinearIssue = {
  id: string;
  title: string;
  description: string;
  status: string;
  statusType: string;
  priority: number;
  labels: string[];
  createdAtMs: number;
  comments: Array<{ id: string; body: string }>;
};

const text = { type: "string" } as const;
const texts = { type: "array", items: text } as const;
const number = { type: "number" } as const;
/** Lists show the beginning of a description. */
const descriptionShown = 200;

/** One Linear team behind the tools of an MCP server as Linear's own is built: identifiers for ids, lists cut short. */
export class FakeLinearTools implements FakeToolbox {
  readonly issues: FakeLinearIssue[] = [];
  readonly calls: Array<{ name: string; arguments: Args }> = [];
  steps: ToolStep[] = [];
  pageSize = 50;
  /** The last so many issues are not in any list yet. */
  unseen = 0;
  without: string[] = [];

  tools(): Tool[] {
    const tool = (name: string, properties: Args, required: string[]): Tool => ({
      name,
      inputSchema: { type: "object", properties: properties as Record<string, object>, required },
    });
    return [
      tool(
        "list_issues",
        {
          ...{ query: text, team: text, project: text, limit: { ...number, maximum: 250 }, cursor: text },
          ...{ orderBy: { ...text, enum: ["createdAt", "updatedAt"] }, includeArchived: { type: "boolean" } },
        },
        [],
      ),
      tool("get_issue", { id: text }, ["id"]),
      tool(
        "save_issue",
        {
          id: text,
          title: text,
          description: text,
          team: text,
          project: text,
          priority: number,
          labels: texts,
        },
        [],
      ),
      tool("save_comment", { id: text, issueId: text, body: text }, ["body"]),
      tool("list_comments", { issueId: text, limit: number, cursor: text }, ["issueId"]),
    ].filter(({ name }) => !this.without.includes(name));
  }

  makes(name: string): boolean {
    return name === "save_issue" || name === "save_comment";
  }

  create(args: Args, name = "save_issue"): FakeLinearIssue | { id: string } | null {
    if (name === "save_comment") {
      const made = { id: randomUUID(), body: String(args.body) };
      this.#issue(args.issueId)?.comments.push(made);
      return made;
    }
    const issue: FakeLinearIssue = {
      id: `SHOP-${this.issues.length + 1}`,
      ...{ title: String(args.title), description: String(args.description) },
      ...{ status: "Backlog", statusType: "backlog", priority: Number(args.priority ?? 0) },
      labels: (args.labels as string[]) ?? [],
      createdAtMs: Date.now(),
      comments: [],
    };
    this.issues.push(issue);
    return issue;
  }

  #issue = (id: unknown) => this.issues.find((each) => each.id === id);

  call(name: string, args: Args): CallToolResult {
    this.calls.push({ name, arguments: args });
    const stepped = answerStep(this.makes(name) ? this.steps.shift() : undefined, "Something went wrong");
    if (stepped) return stepped;
    switch (name) {
      case "list_issues":
        return this.#list(args);
      case "get_issue": {
        const issue = this.#issue(args.id);
        return issue ? json(this.#whole(issue)) : failed("Entity not found: Issue (status: 404)");
      }
      case "list_comments":
        return json({ comments: this.#issue(args.issueId)?.comments ?? [], hasNextPage: false });
      case "save_comment":
        if (!this.#issue(args.issueId)) return failed("Entity not found: Issue (status: 404)");
        return json(this.create(args, name));
      default:
        if (args.team !== "SHOP") return failed("Team not found (status: 400)");
        return json(this.#whole(this.create(args) as FakeLinearIssue));
    }
  }

  #whole = ({ comments: _, createdAtMs, ...issue }: FakeLinearIssue) => ({
    ...issue,
    url: `https://linear.app/shop/issue/${issue.id}/x`,
    createdAt: new Date(createdAtMs).toISOString(),
    archivedAt: null,
  });

  #list(args: Args): CallToolResult {
    const seen = this.unseen > 0 ? this.issues.slice(0, -this.unseen) : this.issues;
    const query = typeof args.query === "string" ? args.query.toLowerCase() : "";
    const all = [...seen]
      .reverse()
      .filter(({ title, description }) => `${title}\n${description}`.toLowerCase().includes(query));
    const from = Number(args.cursor ?? 0);
    const size = Number(args.limit ?? 50);
    const page = all.slice(from, from + size).map(this.#whole);
    const hasNextPage = from + size < all.length;
    return json({
      issues: page.map((each) => ({ ...each, description: each.description.slice(0, descriptionShown) })),
      ...{ hasNextPage, cursor: String(from + size) },
    });
  }

  /** How many issues and comments carry each delivery's key. */
  effects(): Map<string, number> {
    const counts = new Map<string, number>();
    const bodies = this.issues.flatMap(({ description, comments }) => [
      description,
      ...comments.map(({ body }) => body),
    ]);
    for (const body of bodies) {
      const key = body.match(/tandem:delivery:v1:([0-9a-f]{64})`\s*$/)?.[1] ?? "";
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  }
}

const json = (value: unknown): CallToolResult => ({
  content: [{ type: "text", text: JSON.stringify(value) }],
});
const failed = (words: string): CallToolResult => ({
  isError: true,
  content: [{ type: "text", text: words }],
});
