import type { Role, TokenKind } from "./actor";
import type { DestinationKind } from "./config";
import type { Permission } from "./permission";

/* Rows of the authority inventory about rules, decisions, effects and people; the whole is authority-inventory.ts. */

export type TenantContext = {
  orgId: string;
  workspaceId: string;
  source: "local_implicit" | "explicit";
};

export const localTenant: TenantContext = {
  orgId: "local",
  workspaceId: "local",
  source: "local_implicit",
};

export type ApprovalRuleRow = {
  source:
    | "incident_monitor_config"
    | "incident_monitor_destination"
    | "incident_monitor_route"
    | "incident_monitor_source"
    | "automation_agent"
    | "automation_node_gate";
  ruleId: string;
  requiresApproval: boolean;
  /** What the rule says, in a word: `high_risk`, `always`, `never`, `inherit`, `destination`, `required`, … */
  policy: string;
  approvalPolicy: string | null;
  destinationId: string | null;
  routeId: string | null;
  projectId: string | null;
  sourceId: string | null;
  automationId: string | null;
  agentId: string | null;
  nodeId: string | null;
  /** How many different people; null where the rule does not count them. */
  approvalsRequired: number | null;
  /** Whom the rule names, and whether they can still sign in; empty: anybody who may approve there. */
  approvers: Array<{ userId: string; name: string; active: boolean }>;
  /** Why too few of them may approve, so that nothing under it opens; null where enough may. */
  unmet: string | null;
};

/** A draft that waits for people to approve it. */
export type PendingApprovalRow = {
  requestId: string;
  source: "incident_monitor_draft";
  tenant: TenantContext;
  runId: string | null;
  nodeId: string | null;
  workflowName: string | null;
  actionKind: "publish";
  requestedAtMs: number;
  expiresAtMs: number | null;
  decisions: string[];
  reworkTargets: string[];
  instructionsPresent: boolean;
  /** `required`, `voided` or `expired`: why it waits. */
  approvalWait: string;
  projectId: string | null;
  riskLevel: string | null;
};

/** A use of breaking the glass that somebody has to review, or reviewed. */
export type GovernanceRequestRow = {
  approvalId: string;
  requestType: "break_glass_review";
  targetResource: string;
  status: "pending" | "overdue" | "reviewed";
  expiresAtMs: number | null;
  createdAtMs: number;
  updatedAtMs: number;
  reviewedAtMs: number | null;
  projectId: string | null;
};

export type PolicyDecisionRow = {
  decisionId: string;
  tenantContext: TenantContext;
  actorId: string;
  sessionId: string | null;
  runId: string | null;
  automationId: string | null;
  nodeId: string | null;
  /** What was wanted: a permission (`publish`), or the tool of a destination. */
  tool: string;
  /** On what: `kind:id`. */
  resource: string;
  dataClasses: string[];
  riskTier: string | null;
  decision: "allow" | "deny" | "approval_required";
  reasonCode: string;
  policyId: string | null;
  grantId: string | null;
  /** The decision of people that it rests on; null where none was made. */
  approvalId: string | null;
  createdAtMs: number;
  metadataKeys: string[];
  projectId: string | null;
};

export type PublishSurfaceRow = {
  source: "incident_monitor_destination";
  surfaceId: string;
  name: string;
  kind: DestinationKind;
  enabled: boolean;
  requireApproval: boolean;
  target: {
    repo: string | null;
    linearTeam: string | null;
    linearProject: string | null;
    mcpServer: string | null;
    mcpTool: string | null;
    telemetryPath: string | null;
    memoryCategory: string | null;
    webhookUrlPresent: boolean;
  };
  configKeys: string[];
};

export type ExternalActionRow = {
  actionId: string;
  operation: string;
  status: string;
  sourceKind: "incident_monitor";
  sourceId: string;
  routineRunId: string | null;
  contextRunId: string | null;
  capabilityId: string | null;
  provider: string | null;
  /** The destination's id: where exactly it went is in its receipt. */
  target: string | null;
  approvalState: "approved" | "not_required" | "unapproved";
  idempotencyKeyPresent: boolean;
  receiptPresent: boolean;
  /** The code of what went wrong, never its words. */
  error: string | null;
  metadataKeys: string[];
  createdAtMs: number;
  updatedAtMs: number;
  projectId: string | null;
};

export type UserRow = {
  userId: string;
  name: string;
  role: Role | null;
  projectRoles: Readonly<Record<string, Role>>;
  enabled: boolean;
  passwordPresent: boolean;
  secondFactorPresent: boolean;
  lastSeenAtMs: number | null;
  sessionCount: number;
  createdAtMs: number;
};
export type RoleRow = { role: Role; permissions: Permission[]; userCount: number | null };
export type TokenRow = {
  tokenId: string;
  name: string;
  kind: TokenKind;
  enabled: boolean;
  bootstrap: boolean;
  scopes: Permission[];
  permissions: Permission[];
  createdAtMs: number;
  expiresAtMs: number | null;
  lastUsedAtMs: number | null;
  tokenHashPresent: boolean;
};
