-- AlterTable
ALTER TABLE "log_source_states" DROP COLUMN "last_line_hash",
DROP COLUMN "partial",
DROP COLUMN "partial_offset_start",
DROP COLUMN "prefix_hash",
ADD COLUMN     "behind_since" TIMESTAMPTZ(3),
ADD COLUMN     "bytes_per_second" DOUBLE PRECISION NOT NULL DEFAULT 0,
ADD COLUMN     "claimed_by" TEXT,
ADD COLUMN     "error_code" TEXT,
ADD COLUMN     "file_size" BIGINT,
ADD COLUMN     "finished_until_ms" DOUBLE PRECISION,
ADD COLUMN     "generation" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "guard_bytes" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "guard_hash" TEXT,
ADD COLUMN     "lag_bytes" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "last_error_at" TIMESTAMPTZ(3),
ADD COLUMN     "last_record_at" TIMESTAMPTZ(3),
ADD COLUMN     "lease_until" TIMESTAMPTZ(3),
ADD COLUMN     "open_offset" BIGINT,
ADD COLUMN     "records_per_minute" DOUBLE PRECISION NOT NULL DEFAULT 0,
ADD COLUMN     "revision" BIGINT NOT NULL DEFAULT 1,
ADD COLUMN     "total_lines" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "total_oversize_lines" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "total_quarantined" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "watching" TEXT NOT NULL DEFAULT 'none';

-- CreateTable
CREATE TABLE "log_watchers" (
    "name" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "log_watchers_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "log_quarantine" (
    "id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "generation" BIGINT NOT NULL,
    "offset_start" BIGINT NOT NULL,
    "offset_end" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "excerpt" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "replayed_at" TIMESTAMPTZ(3),
    "replayed_by" JSONB,

    CONSTRAINT "log_quarantine_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "log_quarantine_project_id_source_id_created_at_idx" ON "log_quarantine"("project_id", "source_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "log_quarantine_project_id_source_id_generation_offset_start_key" ON "log_quarantine"("project_id", "source_id", "generation", "offset_start");


-- The newest line of a source that was counted: what "replay latest" submits again.
CREATE INDEX "occurrences_log_source_idx" ON "occurrences"("project_id", "log_source_id", "received_at" DESC)
  WHERE "provenance" = 'log_source';

-- Evidence of bytes of a log, by their offsets.
CREATE INDEX "evidence_artifacts_log_bytes_idx" ON "evidence_artifacts"(("content"->'offset_start'), ("content"->'offset_end'))
  WHERE "kind" = 'log_source';
