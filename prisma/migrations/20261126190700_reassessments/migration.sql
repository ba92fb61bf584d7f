-- Continuous reassessment, and the index that governance metrics count policy decisions by.
-- CreateTable
CREATE TABLE "reassessment_scopes" (
    "scope_key" TEXT NOT NULL,
    "tenant_id" TEXT,
    "workspace_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_completed_at" TIMESTAMPTZ(3),
    "last_version" INTEGER,
    "recurrences_checked_at" TIMESTAMPTZ(3),

    CONSTRAINT "reassessment_scopes_pkey" PRIMARY KEY ("scope_key")
);

-- CreateTable
CREATE TABLE "reassessment_records" (
    "scope_key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "record_id" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "trigger_detail" TEXT,
    "findings" JSONB NOT NULL,
    "comparison" JSONB NOT NULL,
    "resolved" JSONB NOT NULL DEFAULT '[]',
    "evidence_refs" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "generated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reassessment_records_pkey" PRIMARY KEY ("scope_key","version")
);

-- CreateTable
CREATE TABLE "reassessment_triggers" (
    "id" TEXT NOT NULL,
    "scope_key" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '[]',
    "actor" JSONB NOT NULL,
    "once_key" TEXT,
    "version" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reassessment_triggers_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "reassessment_records_record_id_key" ON "reassessment_records"("record_id");

-- CreateIndex
CREATE INDEX "reassessment_records_generated_at_idx" ON "reassessment_records"("generated_at" DESC);

-- CreateIndex
CREATE INDEX "reassessment_triggers_scope_key_version_idx" ON "reassessment_triggers"("scope_key", "version");

-- What causes an assessment once does so once, whichever process saw it.
CREATE UNIQUE INDEX "reassessment_triggers_once_key" ON "reassessment_triggers" ("scope_key", "trigger", "once_key")
    WHERE "once_key" IS NOT NULL;

-- AddForeignKey
ALTER TABLE "reassessment_records" ADD CONSTRAINT "reassessment_records_scope_key_fkey" FOREIGN KEY ("scope_key") REFERENCES "reassessment_scopes"("scope_key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reassessment_triggers" ADD CONSTRAINT "reassessment_triggers_scope_key_fkey" FOREIGN KEY ("scope_key") REFERENCES "reassessment_scopes"("scope_key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The deployment is there from the beginning: one that is never assessed becomes overdue.
INSERT INTO "reassessment_scopes" ("scope_key", "created_at") VALUES ('local/local/deployment', now());

-- Publishes that were let through and attempts that were refused, among all that is on record.
CREATE INDEX "audit_entries_governance_idx" ON "audit_entries" ("at")
    WHERE "action" IN (
      'incident_monitor.publish.attempted', 'incident_monitor.publish.completed', 'incident_monitor.publish.failed',
      'incident_monitor.access.denied', 'incident_monitor.access.throttled', 'incident_monitor.approval.refused',
      'incident_monitor.break_glass.refused', 'incident_monitor.intake_key.rejected');
