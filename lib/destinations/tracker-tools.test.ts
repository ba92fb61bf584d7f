import { describe, expect, it } from "vitest";
import type { McpTool } from "@/lib/domain/mcp";
import { type Meaning, type TrackerWords, trackerArguments, trackerTools } from "./tracker-tools";

const meanings: Readonly<Record<string, Meaning>> = {
  ...{ owner: "owner", title: "title", body: "body", labels: "labels", issuenumber: "issue" },
  ...{ perpage: "pageSize", sort: "byCreated", state: "allStates", method: "method" },
};

const words: TrackerWords = {
  prefixes: ["github"],
  acts: {
    list: [{ tool: "list_issues" }],
    get: [{ tool: "issue_read", method: "get" }, { tool: "get_issue" }],
    create: [{ tool: "create_issue" }],
    comment: [],
    comments: [],
    search: [],
  },
  needs: {
    list: [["slug", "repoName"]],
    get: [["issue"]],
    create: [["title"], ["body"]],
    comment: [],
    comments: [],
    search: [],
  },
  meaningOf: (name, all) =>
    name === "repo" ? (all.has("owner") ? "repoName" : "slug") : (meanings[name] ?? null),
};

const tool = (name: string, properties: Record<string, unknown>, required: string[] = []): McpTool => ({
  ...{ name, description: "", schemaHash: name, readOnly: false },
  inputSchema: { type: "object", properties, required },
});
const text = { type: "string" };
const serverOf = (tools: McpTool[], allowedTools: string[] | null = null) => ({
  name: "gh",
  allowedTools,
  tools,
});

describe("trackerTools", () => {
  const list = { repo: text, owner: text };
  it.each([
    ["as named", tool("list_issues", list), true],
    ["with the server's prefix", tool("github_list_issues", list), true],
    ["in other letters", tool("GITHUB-LIST-ISSUES", list), true],
    ["that cannot be told the place", tool("list_issues", { owner: text }), false],
    ["that asks for what nobody knows", tool("list_issues", { ...list, flavour: text }, ["flavour"]), false],
    ["of another name", tool("list_all_issues", list), false],
  ])("a tool %s", (_, given, isFound) => {
    expect(Boolean(trackerTools(words, serverOf([given])).list)).toBe(isFound);
  });

  it("takes the best name first, and one tool for several acts only where it takes a method", () => {
    const get = tool("get_issue", { issue_number: text });
    const read = tool("issue_read", { issue_number: text, method: text });
    expect(trackerTools(words, serverOf([get, read])).get).toEqual({ tool: read, method: "get" });
    const without = tool("issue_read", { issue_number: text });
    expect(trackerTools(words, serverOf([get, without])).get).toEqual({ tool: get });
  });

  it("a tool that the server does not allow is not there", () => {
    const given = tool("list_issues", list);
    expect(trackerTools(words, serverOf([given], ["other"])).list).toBeUndefined();
    expect(trackerTools(words, serverOf([given], ["mcp.gh.*"])).list).toBeDefined();
  });
});

describe("trackerArguments", () => {
  const values = { slug: "a/b", owner: "a", repoName: "b", title: "T", labels: ["x", "y"], pageSize: 100 };
  const args = (properties: Record<string, unknown>, given: object = values, required: string[] = []) =>
    trackerArguments(words, { tool: tool("t", properties, required) }, given);

  it.each([
    ["owner and name", { owner: text, repo: text }, { owner: "a", repo: "b" }],
    ["the whole slug where there is no owner", { repo: text }, { repo: "a/b" }],
    ["a list", { labels: { type: "array" } }, { labels: ["x", "y"] }],
    ["a list as text", { labels: text }, { labels: "x, y" }],
    ["no list as a number", { labels: { type: "number" } }, {}],
    ["at most the maximum", { per_page: { type: "integer", maximum: 50 } }, { per_page: 50 }],
    ["a number as text", { perPage: text }, { perPage: "100" }],
    ["nothing it does not know", { nonsense: text }, {}],
    ["a nullable text", { title: { anyOf: [text, { type: "null" }] } }, { title: "T" }],
  ])("%s", (_, properties, expected) => {
    expect(args(properties)).toEqual(expected);
  });

  it.each([
    ["the server's spelling of a word", ["CREATED_AT", "UPDATED_AT"], { sort: "CREATED_AT" }],
    ["another spelling", ["created", "updated"], { sort: "created" }],
    ["no word that it does not offer", ["votes"], {}],
  ])("%s", (_, choices, expected) => {
    const given = { byCreated: ["created", "created_at"] };
    expect(args({ sort: { type: "string", enum: choices } }, given)).toEqual(expected);
  });

  it("an id goes as the type that is asked for, and a demand that cannot be met gives null", () => {
    expect(args({ issue_number: { type: "number" } }, { issue: "12" })).toEqual({ issue_number: 12 });
    expect(args({ issue_number: { type: "number" } }, { issue: "SHOP-1" }, ["issue_number"])).toBeNull();
    expect(args({ title: text }, {}, ["title"])).toBeNull();
  });
});
