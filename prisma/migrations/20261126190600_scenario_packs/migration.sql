-- Packs of adversarial scenarios that somebody wrote, and what runs of packs showed.
-- CreateTable
CREATE TABLE "scenario_packs" (
    "id" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "project_id" TEXT,
    "scenarios" JSONB NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "updated_by" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scenario_packs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scenario_runs" (
    "id" TEXT NOT NULL,
    "pack_id" TEXT NOT NULL,
    "pack_version" TEXT NOT NULL,
    "pack_description" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "project_id" TEXT,
    "actor" JSONB NOT NULL,
    "config_version" BIGINT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "counts" JSONB NOT NULL,
    "results" JSONB NOT NULL,

    CONSTRAINT "scenario_runs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "scenario_runs_started_at_id_idx" ON "scenario_runs"("started_at" DESC, "id");

-- CreateIndex
CREATE INDEX "scenario_runs_pack_id_started_at_idx" ON "scenario_runs"("pack_id", "started_at" DESC);
