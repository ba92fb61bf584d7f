-- What a run of triage needs to be claimed, watched, cancelled and taken over. No version before this one wrote such a row.
-- DropIndex
DROP INDEX "triage_runs_status_lease_until_idx";

-- AlterTable
ALTER TABLE "drafts" ADD COLUMN     "issue_blocked_reason" TEXT;

-- AlterTable
ALTER TABLE "triage_runs" ADD COLUMN     "cancelled_by" JSONB,
ADD COLUMN     "cancelled_reason" TEXT,
ADD COLUMN     "claim_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "claim_id" TEXT,
ADD COLUMN     "claim_kind" TEXT,
ADD COLUMN     "claimed_at" TIMESTAMPTZ(3),
ADD COLUMN     "duplicates" JSONB,
ADD COLUMN     "edits" JSONB,
ADD COLUMN     "heartbeat_at" TIMESTAMPTZ(3),
ADD COLUMN     "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "recovery_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "requested_by" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "summary_by" TEXT,
ADD COLUMN     "trigger" TEXT NOT NULL DEFAULT 'manual',
ADD COLUMN     "workspace_root" TEXT,
DROP COLUMN "last_error",
ADD COLUMN     "last_error" JSONB;

-- At most one live run of a draft: two callers at once get one run, whoever is second finds it.
CREATE UNIQUE INDEX "triage_runs_live_key" ON "triage_runs" ("draft_id") WHERE "status" IN ('queued', 'running');
-- What a worker may take, the longest waiting first, and what has passed its deadline.
CREATE INDEX "triage_runs_claimable_idx" ON "triage_runs" ("next_attempt_at") WHERE "status" IN ('queued', 'running');
-- What was judged last of a draft: its issue draft is what would leave.
CREATE INDEX "triage_runs_judged_idx" ON "triage_runs" ("draft_id", "created_at" DESC) WHERE "gate" IS NOT NULL;
-- Drafts that came by themselves and that nobody looked into: what a worker has to look at to queue their triage.
CREATE INDEX "drafts_untriaged_idx" ON "drafts" ("created_at")
  WHERE "triage_run_id" IS NULL AND "provenance" IN ('log_source', 'runtime_event') AND "deleted_at" IS NULL;
