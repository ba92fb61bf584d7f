import type {
  ApprovalRuleRow,
  ExternalActionRow,
  GovernanceRequestRow,
  PendingApprovalRow,
  PolicyDecisionRow,
  PublishSurfaceRow,
  RoleRow,
  TenantContext,
  TokenRow,
  UserRow,
} from "./authority-evidence";
import type {
  Registered,
  SubjectAutomation,
  SubjectHook,
  SubjectStandingAgent,
  SubjectToolPolicy,
  SubjectWorkflow,
} from "./authority-subjects";
import type {
  DestinationRow,
  KeyRow,
  McpSection,
  MonitoredSourceRow,
  MonitorSection,
  RouteRow,
} from "./authority-topology";

/*
 * Who and what may act here, and on what (contract 10.1, D-24), in domain words: as the wire, in camelCase. Of anything
 * sensitive only whether it is there. An absent value is null; an absent subsystem is an empty list.
 */

export type HookRow = SubjectHook & { actionCount: number };
export type WorkflowRow = Omit<SubjectWorkflow, "hooks"> & Registered & { hooks: HookRow[] };
export type AutomationRow = SubjectAutomation & Registered;
export type AgentRow = SubjectStandingAgent & Registered;
export type ToolPolicyRow = SubjectToolPolicy & Registered;

/** A runtime that registers subjects, and how old what it said is. */
export type RuntimeRow = {
  runtimeId: string;
  name: string;
  generation: number;
  registeredAtMs: number;
  expiresAtMs: number;
  stale: boolean;
  workflowCount: number;
  automationCount: number;
  agentCount: number;
  toolPolicyCount: number;
};

export type Inventory = {
  workflows: WorkflowRow[];
  automationSpecs: AutomationRow[];
  mcp: McpSection;
  incidentMonitor: MonitorSection;
  /** The effective ones: without any row, the legacy one. */
  destinations: DestinationRow[];
  routes: RouteRow[];
  monitoredSources: MonitoredSourceRow[];
  scopedIntakeKeys: KeyRow[];
  approvalRules: ApprovalRuleRow[];
  pendingApprovals: PendingApprovalRow[];
  governanceApprovalRequests: GovernanceRequestRow[];
  policyDecisions: PolicyDecisionRow[];
  externalPublishSurfaces: {
    configuredDestinations: PublishSurfaceRow[];
    recentActions: ExternalActionRow[];
  };
  /** Beyond the contract (D-24). */
  agents: AgentRow[];
  toolPolicies: ToolPolicyRow[];
  runtimes: RuntimeRow[];
  users: UserRow[];
  roles: RoleRow[];
  tokens: TokenRow[];
};

/** Of what the reader may see: each is the length of its list, lists that are cut included. */
export type InventoryCounts = {
  workflows: number;
  automationSpecs: number;
  mcpServers: number;
  destinations: number;
  routes: number;
  monitoredSources: number;
  scopedIntakeKeys: number;
  pendingApprovals: number;
  governanceApprovalRequests: number;
  policyDecisions: number;
  externalActions: number;
  agents: number;
  toolPolicies: number;
  runtimes: number;
  users: number;
  roles: number;
  tokens: number;
};

export type AuthorityInventory = {
  schemaVersion: 1;
  generatedAtMs: number;
  scope: { tenantContext: TenantContext; source: "incident_monitor_authority_inventory"; readOnly: true };
  inventory: Inventory;
  counts: InventoryCounts;
  sensitiveValues: {
    policy: "redacted_or_summarized";
    omittedFields: string[];
    /** Sections whose rows this reader may not see: their lists are empty and their counts 0. */
    withheldSections: string[];
  };
};

export type { PolicyDecisionRow } from "./authority-evidence";
export type { DestinationRow, MonitoredSourceRow } from "./authority-topology";
