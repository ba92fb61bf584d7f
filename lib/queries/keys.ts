import type { ApiTokenListQuery, UserListQuery } from "@/lib/contracts/access";
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
    testReceiver: ["posts", "test-receiver"] as const,
  },
  authority: {
    all: ["authority"] as const,
    inventory: ["authority", "inventory"] as const,
    graph: ["authority", "graph"] as const,
    subjects: ["authority", "subjects"] as const,
  },
  breakGlass: {
    all: ["break-glass"] as const,
    list: (query: object) => ["break-glass", "list", query] as const,
  },
  governance: {
    metrics: (request: object) => ["governance", "metrics", request] as const,
    reassessments: ["governance", "reassessments"] as const,
  },
  redaction: {
    all: ["redaction"] as const,
    runs: ["redaction", "runs"] as const,
    preview: ["redaction", "preview"] as const,
  },
  cards: {
    all: ["cards"] as const,
    list: ["cards", "list"] as const,
    one: (cardId: string) => ["cards", "one", cardId] as const,
    metadata: (cardId: string) => ["cards", "metadata", cardId] as const,
  },
  readiness: ["readiness"] as const,
  retention: {
    all: ["retention"] as const,
    preview: ["retention", "preview"] as const,
    holds: ["retention", "holds"] as const,
    runs: ["retention", "runs"] as const,
  },
  audit: {
    all: ["audit"] as const,
    list: (query: object) => ["audit", "list", query] as const,
    one: (entryId: string) => ["audit", "one", entryId] as const,
    state: ["audit", "state"] as const,
  },
  silences: {
    all: ["silences"] as const,
    list: (query: SilenceListQuery) => ["silences", "list", query] as const,
    holds: (silenceId: string, query: SilenceHoldListQuery) =>
      ["silences", "holds", silenceId, query] as const,
  },
  posture: {
    all: ["posture"] as const,
    checks: (query: object) => ["posture", "checks", query] as const,
  },
  assessmentReports: {
    list: ["assessment-reports", "list"] as const,
    one: (reportId: string) => ["assessment-reports", "one", reportId] as const,
  },
  probeRuns: {
    all: ["probe-runs"] as const,
    list: ["probe-runs", "list"] as const,
    one: (probeRunId: string) => ["probe-runs", "one", probeRunId] as const,
  },
  scenarios: {
    all: ["scenarios"] as const,
    packs: ["scenarios", "packs"] as const,
    runs: ["scenarios", "runs"] as const,
    run: (runId: string) => ["scenarios", "run", runId] as const,
  },
  bulkReview: (action: string, draftIds: readonly string[]) => ["bulk-review", action, draftIds] as const,
  savedViews: ["saved-views"] as const,
  found: (q: string) => ["found", q] as const,
  shadowDecisions: (query: ShadowDecisionListQuery) => ["shadow-decisions", query] as const,
  config: ["config"] as const,
  /** Below `config`: what makes that one old makes these old. */
  configHistory: (query: ConfigHistoryQuery) => ["config", "history", query] as const,
  configNames: ["config", "names"] as const,
  configRevision: (version: number) => ["config", "revision", version] as const,
  status: ["status"] as const,
  overview: ["overview"] as const,
  /** By the clock alone: drawing weeks anew at every report would be waste. */
  trends: (window: string) => ["trends", window] as const,
  intakeKeys: ["intake-keys"] as const,
  logSources: {
    all: ["log-sources"] as const,
    health: ["log-sources", "health"] as const,
    quarantine: (projectId: string, sourceId: string, query: QuarantineListQuery) =>
      ["log-sources", "quarantine", projectId, sourceId, query] as const,
    roots: ["log-sources", "roots"] as const,
  },
  mcpServers: ["mcp-servers"] as const,
  access: {
    all: ["access"] as const,
    people: ["access", "people"] as const,
    users: (query: UserListQuery) => ["access", "users", query] as const,
    user: (userId: string) => ["access", "user", userId] as const,
    sessions: (userId: string) => ["access", "sessions", userId] as const,
    invitations: ["access", "invitations"] as const,
    tokens: (query: ApiTokenListQuery) => ["access", "tokens", query] as const,
  },
  /** A part of the build: it never gets old. */
  roles: ["roles"] as const,
  notifications: {
    settings: ["notifications", "settings"] as const,
    preference: ["notifications", "preference"] as const,
  },
  evidence: (reference: string) => ["evidence", reference] as const,
  preview: (request: unknown) => ["preview", request] as const,
  issueTemplate: (request: unknown) => ["issue-template", request] as const,
  session: ["session"] as const,
  account: {
    all: ["account"] as const,
    one: ["account", "one"] as const,
    sessions: ["account", "sessions"] as const,
  },
};
