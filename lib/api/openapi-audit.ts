/** The ledger's calls in the document. */
export const auditOperations: Readonly<Record<string, { id: string }>> = {
  "GET /audit/ledger": { id: "listAuditEntries" },
  "GET /audit/ledger/state": { id: "getAuditLedger" },
  "GET /audit/ledger/checkpoint": { id: "getAuditCheckpoint" },
  "GET /audit/ledger/consistency": { id: "getAuditConsistency" },
  "GET /audit/ledger/entries/{entry_id}": { id: "getAuditEntry" },
  "GET /audit/ledger/export": { id: "exportAuditLedger" },
  "POST /audit/ledger/verify": { id: "verifyAuditLedger" },
  "PUT /audit/ledger/witness": { id: "putAuditWitness" },
};

export const auditTag = {
  name: "Audit",
  description: "Every decision, change and refused attempt, in a ledger that shows any later edit.",
  paths: /^\/audit\/ledger\b/,
};
