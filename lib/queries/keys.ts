import type { ConfigHistoryQuery } from "@/lib/contracts/config-history";
import type { DraftListQuery } from "@/lib/contracts/draft";
import type { IncidentListQuery } from "@/lib/contracts/incident";
import type { QuarantineListQuery } from "@/lib/contracts/log-source";
import type { PostListQuery } from "@/lib/contracts/post";
import type { ShadowDecisionListQuery } from "@/lib/contracts/shadow-decision";
import type { SilenceHoldListQuery, SilenceListQuery } from "@/lib/contracts/silence";

/** Every query key, by the topic that makes it stale. */
export const keys = {
  drafts: {
    all: ["drafts"] as const,
    list: (query: DraftListQuery) => ["drafts", "list", query] as const,
    review: (draftId: string) => ["drafts", "review", draftId] as const,
    triage: (draftId: string) => ["drafts", "triage", draftId] as const,
  },
  incidents: {
    all: ["incidents"] as const,
    list: (query: IncidentListQuery) => ["incidents", "list", query] as const,
    one: (incidentId: string) => ["incidents", "one", incidentId] as const,
    occurrences: (incidentId: string, bucket: string) =>
      ["incidents", "occurrences", incidentId, bucket] as const,
  },
  posts: {
    all: ["posts"] as const,
    list: (query: PostListQuery) => ["posts", "list", query] as const,
    one: (postId: string) => ["posts", "one", postId] as const,
  },
  silences: {
    all: ["silences"] as const,
    list: (query: SilenceListQuery) => ["silences", "list", query] as const,
    one: (silenceId: string) => ["silences", "one", silenceId] as const,
    holds: (silenceId: string, query: SilenceHoldListQuery) =>
      ["silences", "holds", silenceId, query] as const,
  },
  shadowDecisions: (query: ShadowDecisionListQuery) => ["shadow-decisions", query] as const,
  config: ["config"] as const,
  /** Below `config`: what makes that one old makes these old. */
  configHistory: (query: ConfigHistoryQuery) => ["config", "history", query] as const,
  configRevision: (version: number) => ["config", "revision", version] as const,
  status: ["status"] as const,
  overview: ["overview"] as const,
  intakeKeys: ["intake-keys"] as const,
  logSources: {
    all: ["log-sources"] as const,
    health: ["log-sources", "health"] as const,
    quarantine: (projectId: string, sourceId: string, query: QuarantineListQuery) =>
      ["log-sources", "quarantine", projectId, sourceId, query] as const,
    roots: ["log-sources", "roots"] as const,
  },
  mcpServers: ["mcp-servers"] as const,
  evidence: (reference: string) => ["evidence", reference] as const,
  preview: (request: unknown) => ["preview", request] as const,
  session: ["session"] as const,
};
