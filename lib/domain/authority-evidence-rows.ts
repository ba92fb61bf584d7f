import type { ApiToken, User } from "./access";
import { roles } from "./actor";
import type {
  ExternalActionRow,
  GovernanceRequestRow,
  PendingApprovalRow,
  RoleRow,
  TokenRow,
  UserRow,
} from "./authority-evidence";
import { localTenant } from "./authority-evidence";
import { type BreakGlassUse, isReviewOverdue } from "./break-glass";
import type { DestinationKind } from "./config";
import type { DeliveryState } from "./delivery";
import type { ApprovalFacet } from "./draft";
import { permissionsOfKind, permissionsOfRole } from "./permission";

/** A draft that waits for people, as the store finds it. */
export type WaitingDraft = {
  draftId: string;
  approval: ApprovalFacet;
  triageRunId: string | null;
  projectId: string | null;
  riskLevel: string | null;
  waitingSinceMs: number;
};

/** A delivery as evidence: whether it has a key and a receipt, not what they say. */
export type DeliveryEvidence = {
  postId: string;
  draftId: string;
  destinationId: string;
  kind: DestinationKind;
  operation: string;
  state: DeliveryState;
  triageRunId: string | null;
  approvalId: string | null;
  approvalRequired: boolean;
  idempotencyKeyPresent: boolean;
  receiptPresent: boolean;
  receiptKeys: string[];
  errorCode: string | null;
  projectId: string | null;
  createdAtMs: number;
  updatedAtMs: number;
};

/** A person, with what they can prove themselves by. */
export type PersonRecord = Omit<User, "email" | "version"> & {
  hasPassword: boolean;
  hasSecondFactor: boolean;
};

export const pendingApprovalRow = (draft: WaitingDraft): PendingApprovalRow => ({
  requestId: draft.draftId,
  source: "incident_monitor_draft",
  tenant: localTenant,
  runId: draft.triageRunId,
  ...{ nodeId: null, workflowName: null },
  actionKind: "publish",
  requestedAtMs: draft.waitingSinceMs,
  // A draft waits as long as it takes; what it is approved for expires.
  expiresAtMs: null,
  decisions: ["approve", "deny"],
  reworkTargets: [],
  instructionsPresent: false,
  approvalWait: draft.approval,
  projectId: draft.projectId,
  riskLevel: draft.riskLevel,
});

export const governanceRequestRow = (use: BreakGlassUse, nowMs: number): GovernanceRequestRow => ({
  approvalId: use.approvalId,
  requestType: "break_glass_review",
  targetResource: `draft:${use.draftId}`,
  status: use.verdict ? "reviewed" : isReviewOverdue(use, nowMs) ? "overdue" : "pending",
  expiresAtMs: use.dueAtMs,
  createdAtMs: use.usedAtMs,
  updatedAtMs: use.reviewedAtMs ?? use.usedAtMs,
  reviewedAtMs: use.reviewedAtMs,
  projectId: use.projectId,
});

const statusOf: Record<DeliveryState, string> = {
  due: "pending",
  sending: "pending",
  retrying: "pending",
  ambiguous: "pending",
  published: "posted",
  failed: "failed",
  blocked: "blocked",
  cancelled: "blocked",
};

const capabilityOf: Record<DestinationKind, { provider: string; capabilityId: string }> = {
  github_issue: { provider: "github", capabilityId: "github.issue" },
  linear_issue: { provider: "linear", capabilityId: "linear.issue" },
  webhook: { provider: "webhook", capabilityId: "webhook.post" },
  mcp_tool: { provider: "mcp", capabilityId: "mcp.tool" },
  telemetry: { provider: "local", capabilityId: "telemetry.write" },
  internal_memory: { provider: "local", capabilityId: "memory.write" },
};

export function externalActionRow(delivery: DeliveryEvidence): ExternalActionRow {
  return {
    actionId: delivery.postId,
    operation: delivery.operation,
    status: statusOf[delivery.state],
    sourceKind: "incident_monitor",
    sourceId: delivery.draftId,
    routineRunId: delivery.triageRunId,
    contextRunId: null,
    ...capabilityOf[delivery.kind],
    target: delivery.destinationId,
    approvalState: delivery.approvalId
      ? "approved"
      : delivery.approvalRequired
        ? "unapproved"
        : "not_required",
    idempotencyKeyPresent: delivery.idempotencyKeyPresent,
    receiptPresent: delivery.receiptPresent,
    error: delivery.errorCode,
    metadataKeys: delivery.receiptKeys,
    createdAtMs: delivery.createdAtMs,
    updatedAtMs: delivery.updatedAtMs,
    projectId: delivery.projectId,
  };
}

export const userRow = (user: PersonRecord): UserRow => ({
  userId: user.userId,
  name: user.name,
  role: user.role,
  projectRoles: user.projectRoles,
  enabled: user.disabledAtMs === null,
  passwordPresent: user.hasPassword,
  secondFactorPresent: user.hasSecondFactor,
  lastSeenAtMs: user.lastSeenAtMs,
  sessionCount: user.sessionCount,
  createdAtMs: user.createdAtMs,
});

/** Every role with what it holds, and how many can act under it: over everything or on a project; null where the reader may not know. */
export function roleRows(users: readonly UserRow[] | null): RoleRow[] {
  const active = users?.filter((user) => user.enabled);
  return roles.map((role) => ({
    role,
    permissions: [...permissionsOfRole(role)],
    userCount: active
      ? active.filter((user) => user.role === role || Object.values(user.projectRoles).includes(role)).length
      : null,
  }));
}

export function tokenRow(token: ApiToken, nowMs: number): TokenRow {
  const ended = token.disabledAtMs !== null || (token.expiresAtMs !== null && token.expiresAtMs <= nowMs);
  const held = permissionsOfKind(token.kind);
  return {
    tokenId: token.tokenId,
    name: token.name,
    kind: token.kind,
    enabled: !ended,
    bootstrap: token.bootstrap,
    scopes: [...token.scopes],
    permissions: held.filter((each) => token.scopes.length === 0 || token.scopes.includes(each)),
    createdAtMs: token.createdAtMs,
    expiresAtMs: token.expiresAtMs,
    lastUsedAtMs: token.lastUsedAtMs,
    tokenHashPresent: true,
  };
}
