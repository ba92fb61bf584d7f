-- AlterTable
ALTER TABLE "deliveries" ADD COLUMN     "follow_up_of_id" TEXT,
ADD COLUMN     "issue_external_id" TEXT,
ADD COLUMN     "reconcile_at" TIMESTAMPTZ(3),
ADD COLUMN     "reconcile_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "resolved_by" JSONB;

-- AlterTable
ALTER TABLE "delivery_attempts" ADD COLUMN     "request_digest" TEXT;

-- AlterTable
ALTER TABLE "destination_health" ADD COLUMN     "circuit_openings" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "consecutive_faults" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "paused_until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "drafts" ADD COLUMN     "matched_issue_reference" TEXT,
ADD COLUMN     "matched_issue_url" TEXT;

-- CreateTable
CREATE TABLE "destination_pace" (
    "destination_id" TEXT NOT NULL,
    "minute_tokens" DOUBLE PRECISION NOT NULL,
    "hour_tokens" DOUBLE PRECISION NOT NULL,
    "refilled_at" TIMESTAMPTZ(3) NOT NULL,
    "granted" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "destination_pace_pkey" PRIMARY KEY ("destination_id")
);



-- What waits for somebody to look whether it had its effect.
CREATE INDEX "deliveries_ambiguous_idx" ON "deliveries" ("reconcile_at") WHERE "state" = 'ambiguous';
-- Issues that were made, by incident: recurrences are told there.
CREATE INDEX "deliveries_issue_idx" ON "deliveries" ("incident_id", "destination_id") WHERE "issue_external_id" IS NOT NULL;
