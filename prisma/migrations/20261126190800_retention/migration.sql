-- What retention needs: when a record's text was erased (its row, digests and keys stay), holds that stop every removal,
-- a record of each run, and who is at it now.
-- AlterTable
ALTER TABLE "incidents" ADD COLUMN     "erased_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "drafts" ADD COLUMN     "erased_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "deliveries" ADD COLUMN     "erased_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "triage_runs" ADD COLUMN     "erased_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "retention_holds" (
    "id" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "project_id" TEXT,
    "source_id" TEXT,
    "incident_id" TEXT,
    "reason" TEXT NOT NULL,
    "placed_by" JSONB NOT NULL,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,
    "released_by" JSONB,
    "released_at" TIMESTAMPTZ(3),
    "release_reason" TEXT,

    CONSTRAINT "retention_holds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "retention_runs" (
    "id" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "actor" JSONB NOT NULL,
    "project_id" TEXT,
    "subject" JSONB NOT NULL DEFAULT '{}',
    "state" TEXT NOT NULL,
    "removed" JSONB NOT NULL DEFAULT '{}',
    "held_back" JSONB NOT NULL DEFAULT '{}',
    "errors" JSONB NOT NULL DEFAULT '[]',
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "retention_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "retention_turns" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "claimed_by" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "run_id" TEXT,
    "rules" TEXT,
    "complete_at" TIMESTAMPTZ(3),

    CONSTRAINT "retention_turns_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "retention_holds_placed_at_id_idx" ON "retention_holds"("placed_at" DESC, "id");

-- CreateIndex
CREATE INDEX "retention_runs_started_at_id_idx" ON "retention_runs"("started_at" DESC, "id");

-- Holds in force: every removal asks for them.
CREATE INDEX "retention_holds_open_idx" ON "retention_holds"("scope") WHERE "released_at" IS NULL;

INSERT INTO "retention_turns" ("id") VALUES (1);
