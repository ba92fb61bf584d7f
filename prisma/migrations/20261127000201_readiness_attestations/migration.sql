-- What people vouch for where this product cannot look, until a day; taken back it stays on record.
-- CreateTable
CREATE TABLE "readiness_attestations" (
    "id" TEXT NOT NULL,
    "control_id" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "actor" JSONB NOT NULL,
    "attested_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_by" JSONB,

    CONSTRAINT "readiness_attestations_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "readiness_attestations_control_id_attested_at_idx" ON "readiness_attestations"("control_id", "attested_at" DESC);
