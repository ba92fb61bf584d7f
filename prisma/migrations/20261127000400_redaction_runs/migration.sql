-- Reading what is stored again by rules that find more: a record of each walk with how far it is, and who is at it.
-- CreateTable
CREATE TABLE "redaction_runs" (
    "id" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "actor" JSONB NOT NULL,
    "rules_version" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "place" TEXT,
    "after" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "examined" JSONB NOT NULL DEFAULT '{}',
    "changed" JSONB NOT NULL DEFAULT '{}',
    "frozen" JSONB NOT NULL DEFAULT '{}',
    "held_back" JSONB NOT NULL DEFAULT '{}',
    "approvals_voided" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "redaction_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "redaction_turns" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "rules_version" INTEGER NOT NULL DEFAULT 1,
    "claimed_by" TEXT,
    "lease_until" TIMESTAMPTZ(3),

    CONSTRAINT "redaction_turns_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "redaction_runs_started_at_id_idx" ON "redaction_runs"("started_at" DESC, "id");

-- One at a time.
CREATE UNIQUE INDEX "redaction_runs_open_idx" ON "redaction_runs"("state") WHERE "state" = 'running';

-- Where nothing is stored yet there is nothing to read again: such a deployment begins at the version of its release.
INSERT INTO "redaction_turns" ("id", "rules_version") VALUES (1, 1);
