-- Runs of the controlled probes: evidence with its hash.
-- CreateTable
CREATE TABLE "probe_runs" (
    "id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,
    "content" JSONB NOT NULL,
    "sha256" TEXT NOT NULL,

    CONSTRAINT "probe_runs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "probe_runs_created_at_id_idx" ON "probe_runs"("created_at" DESC, "id" DESC);
