-- Who is on a draft, until when; named lists of the queue; and the order by risk.
-- AlterTable
ALTER TABLE "drafts" ADD COLUMN     "claimed_until" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "drafts_risk_rank_created_at_id_idx" ON "drafts"("risk_rank" DESC, "created_at" DESC, "id" DESC);

-- CreateTable
CREATE TABLE "saved_views" (
    "id" TEXT NOT NULL,
    "owner_key" TEXT NOT NULL,
    "owner" JSONB NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "query" JSONB NOT NULL,
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_views_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "saved_view_defaults" (
    "actor_key" TEXT NOT NULL,
    "view_id" TEXT NOT NULL,

    CONSTRAINT "saved_view_defaults_pkey" PRIMARY KEY ("actor_key")
);

-- CreateIndex
CREATE UNIQUE INDEX "saved_views_owner_key_name_key_key" ON "saved_views"("owner_key", "name_key");

-- CreateIndex
CREATE INDEX "saved_views_shared_idx" ON "saved_views"("shared");

-- CreateIndex
CREATE INDEX "saved_view_defaults_view_id_idx" ON "saved_view_defaults"("view_id");

-- AddForeignKey
ALTER TABLE "saved_view_defaults" ADD CONSTRAINT "saved_view_defaults_view_id_fkey" FOREIGN KEY ("view_id") REFERENCES "saved_views"("id") ON DELETE CASCADE ON UPDATE CASCADE;
