import type { AdapterContext, DestinationAdapter, IssueTracker } from "@/lib/destinations/destination";
import { adapterFor } from "@/lib/destinations/registry";
import type { Destination, JsonObject } from "@/lib/domain/config";
import type { PublishRequest } from "@/lib/domain/delivery";
import type { McpServer } from "@/lib/domain/mcp";
import type { PayloadSubject } from "@/lib/domain/payload";
import { readTools } from "@/lib/mcp/read-tools";
import { createSafeFetch } from "@/lib/net/safe-fetch";
import { type McpFake, serveToolbox } from "./mcp";
import { FakeGithubTools } from "./mcp-github";
import { loopbackMcpClient, mcpServerOf } from "./mcp-ground";
import { FakeLinearTools } from "./mcp-linear";
import type { FakeToolbox } from "./mcp-tools";
import {
  sampleDestination,
  sampleEnvelope,
  samplePayloadSubject,
  samplePublishRequest,
} from "./sample-payload";

export type TrackerBox = FakeToolbox & {
  unseen: number;
  without: string[];
  calls: Array<{ name: string; arguments: Record<string, unknown> }>;
  effects: () => Map<string, number>;
};

/** One tracker behind a server of its own, and what it is called by. */
export type TrackerStory = {
  name: string;
  box: () => TrackerBox;
  destination: (config?: JsonObject) => Destination;
  /** An issue that somebody else made, by the fake's own means. */
  addOther: (box: TrackerBox, title: string, body?: string) => void;
  close: (box: TrackerBox, at: number) => void;
  bodyAt: (box: TrackerBox, at: number) => string;
  countOf: (box: TrackerBox) => number;
  commentsAt: (box: TrackerBox, at: number) => string[];
  firstId: string;
  makes: { create: string; comment: string; comments: string };
};

const githubStory = (flavour: FakeGithubTools["flavour"]): TrackerStory => ({
  name: `GitHub, ${flavour} tools`,
  box: () => new FakeGithubTools(flavour),
  destination: (config = {}) =>
    sampleDestination({ kind: "github_issue", repo: "example/tracker", mcpServer: "tickets", config }),
  addOther: (box, title, body = "") => void (box as FakeGithubTools).create({ title, body }),
  close: (box, at) => {
    const issue = (box as FakeGithubTools).repository.issues[at];
    if (issue) issue.state = "closed";
  },
  bodyAt: (box, at) => (box as FakeGithubTools).repository.issues[at]?.body ?? "",
  countOf: (box) => (box as FakeGithubTools).repository.issues.length,
  commentsAt: (box, at) =>
    (box as FakeGithubTools).repository.issues[at]?.comments.map(({ body }) => body) ?? [],
  firstId: "1",
  makes:
    flavour === "official"
      ? { create: "issue_write", comment: "add_issue_comment", comments: "issue_read" }
      : { create: "create_issue", comment: "add_issue_comment", comments: "get_issue_comments" },
});

const linearStory: TrackerStory = {
  name: "Linear",
  box: () => new FakeLinearTools(),
  destination: (config = {}) =>
    sampleDestination({
      ...{ kind: "linear_issue", linearTeam: "SHOP", linearProject: "Reliability", mcpServer: "tickets" },
      config,
    }),
  addOther: (box, title, body = "") => void (box as FakeLinearTools).create({ title, description: body }),
  close: (box, at) => {
    const issue = (box as FakeLinearTools).issues[at];
    if (issue) Object.assign(issue, { status: "Done", statusType: "completed" });
  },
  bodyAt: (box, at) => (box as FakeLinearTools).issues[at]?.description ?? "",
  countOf: (box) => (box as FakeLinearTools).issues.length,
  commentsAt: (box, at) => (box as FakeLinearTools).issues[at]?.comments.map(({ body }) => body) ?? [],
  firstId: "SHOP-1",
  makes: { create: "save_issue", comment: "save_comment", comments: "list_comments" },
};

export const trackerStories: readonly TrackerStory[] = [
  githubStory("official"),
  githubStory("classic"),
  linearStory,
];

export type TrackerGround = {
  story: TrackerStory;
  box: TrackerBox;
  fake: McpFake<TrackerBox>;
  server: McpServer;
  adapter: DestinationAdapter & { issues: IssueTracker };
  context: (overrides?: Partial<AdapterContext>) => AdapterContext;
  request: (
    overrides?: Partial<PublishRequest> & {
      key?: string;
      subject?: PayloadSubject;
      destination?: Destination;
    },
  ) => PublishRequest;
  close: () => Promise<void>;
};

/** A served tracker and everything an adapter needs to reach it, as an inspection would have left it. */
export async function trackerGround(story: TrackerStory, box = story.box()): Promise<TrackerGround> {
  const fake = await serveToolbox(box);
  const fetch = createSafeFetch();
  const server = mcpServerOf(fake.url, { tools: readTools(box.tools()) });
  const adapter = adapterFor(story.destination().kind);
  if (!adapter.issues) throw new Error(`${adapter.kind} is no issue tracker`);
  const mcpServers = new Map([[server.name, server]]);
  return {
    ...{ story, box, fake, server },
    adapter: { ...adapter, issues: adapter.issues },
    context: (overrides = {}) => ({
      fetch,
      resolveSecret: () => ({ ok: true, values: ["unused"] }),
      privateNetworks: ["127.0.0.0/8"],
      nowMs: Date.now(),
      mcp: loopbackMcpClient(fetch),
      mcpServers,
      ...overrides,
    }),
    request: ({ key = sampleEnvelope.idempotencyKey, subject, destination, ...overrides } = {}) => {
      const row = destination ?? story.destination();
      const rendered = adapter.render(row, subject ?? samplePayloadSubject(), mcpServers);
      if (!rendered.ok) throw new Error(rendered.reason.message);
      const envelope = { ...sampleEnvelope, idempotencyKey: key, createdAtMs: Date.now() };
      const body = adapter.seal(rendered.payload, envelope);
      return samplePublishRequest(rendered.payload, body, { idempotencyKey: key, ...overrides });
    },
    close: async () => {
      await fetch.destroy();
      await fake.close();
    },
  };
}
