import type { CallToolResult, Tool } from "@modelcontextprotocol/sdk/types.js";
import {
  addIssue,
  commentJson,
  deliveryKeyOf,
  type FakeIssue,
  type FakeRepository,
  isoSeconds,
  issueJson,
  newRepository,
} from "./github-records";
import { answerStep, type FakeToolbox, type ToolStep } from "./mcp-tools";

/**
 * `official`: one tool that reads and one that writes, by `method`; lists in pages with cursors; bodies cleaned on their way out
 * and cut at a `<` that opens nothing. `classic`: GitHub's REST answers under one tool each, pages by number.
 */
export type GithubFlavour = "official" | "classic";

type Args = Record<string, unknown>;

const text = { type: "string" } as const;
const number = { type: "number" } as const;
const place = { owner: text, repo: text };
const texts = { type: "array", items: text } as const;
const origin = { apiBaseUrl: "https://api.github.com", webOrigin: "https://github.com" };

/** The issues of one repository behind the tools of an MCP server. */
export class FakeGithubTools implements FakeToolbox {
  readonly repository: FakeRepository = newRepository();
  readonly calls: Array<{ name: string; arguments: Args }> = [];
  steps: ToolStep[] = [];
  pageSize = 50;
  /** What the list hides although it is there: reads that lag behind. */
  unseen = 0;
  /** Arguments that the making tool asks for besides its own. */
  extraRequired: string[] = [];
  /** Tools that are not offered. */
  without: string[] = [];
  /** What making an issue answers besides the issue: prose, or metadata alone (case 93). */
  answers: "json" | "link" | "meta" | "nothing" = "json";

  constructor(
    readonly flavour: GithubFlavour = "official",
    readonly slug = "example/tracker",
  ) {}

  tools(): Tool[] {
    const tools = this.flavour === "official" ? officialTools() : classicTools();
    return tools
      .filter(({ name }) => !this.without.includes(name))
      .map((tool) => (this.#isMaker(tool.name) ? this.#withExtra(tool) : tool));
  }

  #withExtra(tool: Tool): Tool {
    const extra = Object.fromEntries(this.extraRequired.map((name) => [name, text]));
    const { properties, required = [] } = tool.inputSchema;
    return {
      ...tool,
      inputSchema: {
        ...tool.inputSchema,
        properties: { ...properties, ...extra },
        required: [...required, ...this.extraRequired],
      },
    };
  }

  #isMaker = (name: string) =>
    name === "issue_write" || name === "create_issue" || name === "add_issue_comment";

  makes(name: string, args: Args): boolean {
    return this.#isMaker(name) && args.method !== "update";
  }

  create(args: Args, name = "create_issue"): FakeIssue | { id: number } | null {
    if (name === "add_issue_comment") {
      const issue = this.#issue(args);
      if (!issue) return null;
      const id = 9_000 + this.repository.issues.flatMap((each) => each.comments).length;
      issue.comments.push({ id, body: String(args.body), createdAtMs: Date.now() });
      return { id };
    }
    const { title, body, labels, assignees } = args;
    return addIssue(
      this.repository,
      {
        ...{ title: String(title), body: String(body) },
        ...{ labels: (labels as string[]) ?? [], assignees: (assignees as string[]) ?? [] },
      },
      Date.now(),
    );
  }

  #issue = (args: Args) => this.repository.issues.find((each) => each.number === Number(args.issue_number));

  call(name: string, args: Args): CallToolResult {
    this.calls.push({ name, arguments: args });
    const stepped = answerStep(
      this.makes(name, args) ? this.steps.shift() : undefined,
      "failed to create issue: the connection to GitHub ended",
    );
    if (stepped) return stepped;
    if (`${args.owner}/${args.repo}` !== this.slug) return failed("404 Not Found []");
    if (name === "list_issues") return this.#list(args);
    if (name === "get_issue" || args.method === "get") return this.#get(args);
    if (name === "get_issue_comments" || args.method === "get_comments") return this.#comments(args);
    const made = this.create(args, name);
    if (!made) return failed("404 Not Found []");
    return "number" in made ? this.#made(made) : this.#commented(args, made.id);
  }

  #made(issue: FakeIssue): CallToolResult {
    const whole = issueJson(issue, { ...origin, slug: this.slug });
    if (this.answers === "nothing") return json({ ok: true });
    if (this.answers === "link") return { content: [{ type: "text", text: `Created ${whole.html_url}` }] };
    if (this.answers === "meta") {
      const inner = JSON.stringify({ data: { issue: whole } });
      return {
        content: [{ type: "text", text: "done" }],
        _meta: { "composio/response": { payload: inner } },
      };
    }
    return this.flavour === "official" ? json({ id: String(whole.id), url: whole.html_url }) : json(whole);
  }

  #commented(args: Args, id: number): CallToolResult {
    const url = `https://github.com/${this.slug}/issues/${args.issue_number}#issuecomment-${id}`;
    return this.flavour === "official"
      ? json({ id: String(id), url })
      : json({ id, html_url: url, body: args.body });
  }

  #list(args: Args): CallToolResult {
    const seen = this.unseen > 0 ? this.repository.issues.slice(0, -this.unseen) : this.repository.issues;
    const state = typeof args.state === "string" ? args.state.toLowerCase() : this.#stateByDefault();
    const all = [...seen].reverse().filter((each) => state === "all" || each.state === state);
    const size = Number(args.perPage ?? args.per_page ?? 30);
    const from = this.flavour === "official" ? Number(args.after ?? 0) : (Number(args.page ?? 1) - 1) * size;
    const page = all.slice(from, from + size);
    if (this.flavour === "classic")
      return json(page.map((each) => issueJson(each, { ...origin, slug: this.slug })));
    const hasNextPage = from + size < all.length;
    const pageInfo = { hasNextPage, endCursor: String(from + size) };
    return json({ issues: page.map((each) => this.#short(each)), pageInfo, totalCount: all.length });
  }

  #stateByDefault = () => (this.flavour === "official" ? "all" : "open");

  #short = (issue: FakeIssue) => ({
    ...{ number: issue.number, title: issue.title, body: cleaned(issue.body) },
    ...{ state: issue.state.toUpperCase(), created_at: isoSeconds(issue.createdAtMs), labels: issue.labels },
  });

  #get(args: Args): CallToolResult {
    const issue = this.#issue(args);
    if (!issue) return failed("404 Not Found []");
    const whole = issueJson(issue, { ...origin, slug: this.slug });
    return json(this.flavour === "official" ? { ...whole, body: cleaned(issue.body) } : whole);
  }

  #comments(args: Args): CallToolResult {
    const issue = this.#issue(args);
    if (!issue) return failed("404 Not Found []");
    return json(issue.comments.map((each) => commentJson(each, issue, { ...origin, slug: this.slug })));
  }

  /** How many issues and comments carry each delivery's key: more than one is a duplicate. */
  effects(): Map<string, number> {
    const counts = new Map<string, number>();
    const bodies = this.repository.issues.flatMap(({ body, comments }) => [
      body,
      ...comments.map((each) => each.body),
    ]);
    for (const body of bodies) {
      const key = deliveryKeyOf(body) ?? "";
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  }
}

/** What a server made for language models does to a body: no comments, and nothing behind a tag that never ends. */
const cleaned = (body: string): string => body.replace(/<!--[\s\S]*?-->/g, "").replace(/<[a-z][\s\S]*$/i, "");

const json = (value: unknown): CallToolResult => ({
  content: [{ type: "text", text: JSON.stringify(value) }],
});

const failed = (words: string): CallToolResult => ({
  isError: true,
  content: [{ type: "text", text: `failed to do it: GET https://api.github.com/repos/x/y/issues: ${words}` }],
});

const tool = (name: string, properties: Args, required: string[]): Tool => ({
  name,
  inputSchema: { type: "object", properties: properties as Record<string, object>, required },
});

const officialTools = (): Tool[] => [
  tool(
    "list_issues",
    {
      ...place,
      ...{ state: { ...text, enum: ["OPEN", "CLOSED"] }, after: text, perPage: { ...number, maximum: 100 } },
      ...{
        orderBy: { ...text, enum: ["CREATED_AT", "UPDATED_AT"] },
        direction: { ...text, enum: ["ASC", "DESC"] },
      },
    },
    ["owner", "repo"],
  ),
  tool(
    "issue_read",
    {
      ...place,
      method: { ...text, enum: ["get", "get_comments"] },
      issue_number: number,
      page: number,
      perPage: number,
    },
    ["method", "owner", "repo", "issue_number"],
  ),
  tool(
    "issue_write",
    {
      ...place,
      ...{
        method: { ...text, enum: ["create", "update"] },
        title: text,
        body: text,
        labels: texts,
        assignees: texts,
      },
      ...{ issue_number: number, state: { ...text, enum: ["open", "closed"] }, show_ui: { type: "boolean" } },
    },
    ["method", "owner", "repo"],
  ),
  tool("add_issue_comment", { ...place, issue_number: number, body: text }, [
    "owner",
    "repo",
    "issue_number",
  ]),
];

const classicTools = (): Tool[] => [
  tool(
    "list_issues",
    {
      ...place,
      state: { ...text, enum: ["open", "closed", "all"] },
      page: number,
      per_page: number,
      sort: text,
    },
    ["owner", "repo"],
  ),
  tool("get_issue", { ...place, issue_number: number }, ["owner", "repo", "issue_number"]),
  tool("get_issue_comments", { ...place, issue_number: number }, ["owner", "repo", "issue_number"]),
  tool("create_issue", { ...place, title: text, body: text, labels: texts }, ["owner", "repo", "title"]),
  tool("add_issue_comment", { ...place, issue_number: number, body: text }, [
    "owner",
    "repo",
    "issue_number",
    "body",
  ]),
];
