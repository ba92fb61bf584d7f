/** What was read of this deployment at one moment; counts, times and switches alone. null: there is none. */
export type ReadinessFacts = {
  inventory: {
    runtimes: number;
    staleRuntimes: number;
    sources: number;
    enabledSources: number;
    unreadySources: number;
  };
  posture: { high: number; total: number };
  probes: { lastAtMs: number | null; failed: number };
  scenarios: { lastAtMs: number | null; unproved: number };
  metrics: { evaluable: number; breached: number; drifted: number };
  receipts: { evaluable: boolean; breached: boolean; rate: number | null };
  reassessments: { scopes: number; ran: number; overdue: number };
  cards: { total: number; missingFields: number; overdueReviews: number };
  /** When an assessment report was last made, by the audit. */
  report: { lastAtMs: number | null };
  audit: {
    sealedEntries: number;
    unsealed: number;
    oldestUnsealedAtMs: number | null;
    /** Is the application's database role apart from the ledger's owner? */
    rolesApart: boolean;
    /** Does the ledger still begin with the checkpoint that this host remembers? null: it remembers none. */
    agreesWithHost: boolean | null;
  };
  witness: { named: boolean; lastSentAtMs: number | null; intervalMs: number };
  policy: {
    highRiskNeedsApproval: boolean;
    blocksUnready: boolean;
    redactionProfile: string;
    redactionKnown: boolean;
    retentionFindings: number;
    external: number;
    externalWithoutApproval: number;
  };
  notifications: { enabled: boolean; tellsApprovals: boolean; canSend: boolean };
  people: { deciders: number; admins: number; adminsWithoutSecondFactor: number };
  duties: {
    approvalsDue: number;
    failedDeliveries: number;
    breakGlassOpen: number;
    breakGlassOverdue: number;
  };
};
