-- What people say of deployment cards, version by version: the newest holds, and the key decides races.
-- CreateTable
CREATE TABLE "deployment_card_versions" (
    "card_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "project_id" TEXT,
    "action" TEXT NOT NULL,
    "metadata" JSONB,
    "changes" JSONB NOT NULL DEFAULT '[]',
    "described_at" TIMESTAMPTZ(3) NOT NULL,
    "reviewed_at" TIMESTAMPTZ(3),
    "actor" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deployment_card_versions_pkey" PRIMARY KEY ("card_id", "version")
);
