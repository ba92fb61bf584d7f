-- What runtimes register for the authority inventory.
-- CreateTable
CREATE TABLE "runtime_registrations" (
    "runtime_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "generation" INTEGER NOT NULL DEFAULT 1,
    "subjects" JSONB NOT NULL,
    "registered_by" JSONB NOT NULL,
    "registered_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "runtime_registrations_pkey" PRIMARY KEY ("runtime_id")
);

-- The newest decisions of policies among everything else that is on record (lib/domain/policy-decision.ts lists the same).
CREATE INDEX "audit_entries_decisions_idx" ON "audit_entries" ("at" DESC, "id" DESC)
  WHERE "action" IN ('incident_monitor.access.denied', 'incident_monitor.access.throttled', 'incident_monitor.approval.given',
    'incident_monitor.approval.refused', 'incident_monitor.approval.required', 'incident_monitor.break_glass.refused',
    'incident_monitor.break_glass.used', 'incident_monitor.draft.approved', 'incident_monitor.draft.denied',
    'incident_monitor.intake_key.rejected', 'incident_monitor.publish.completed', 'incident_monitor.publish.failed');
