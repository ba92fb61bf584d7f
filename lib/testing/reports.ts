import type { ConfigPatch } from "@/lib/domain/config-merge";
import type { FailureReport } from "@/lib/domain/report";
import type { IncomingReport } from "@/lib/pipeline/intake/prepare-report";

/** An unbound report that passes the quality gate. */
export function aReport(fields: Partial<FailureReport> = {}): IncomingReport {
  return {
    path: { kind: "unbound", provenance: "report" },
    report: {
      title: "TypeError: Cannot read properties of undefined (reading 'amount')",
      detail: "settlement stopped after a cross-currency item",
      source: "payments",
      event: "settlement.failed",
      level: "error",
      excerpt: ["    at settleBatch (/srv/app/src/settle/batch.ts:118:41)"],
      evidenceRefs: [],
      externalCorrelationIds: [],
      attributes: {},
      ...fields,
    },
    idempotency: null,
  };
}

/** A patch typed loosely where tests leave defaults to the merge. */
export const aConfigPatch = (patch: Record<string, unknown>): ConfigPatch => patch;
