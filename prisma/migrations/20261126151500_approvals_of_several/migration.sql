-- What several approvals of one draft need: each says how many it took, what its giver saw, and what changed when it ended.
-- AlterTable
ALTER TABLE "approvals" ADD COLUMN     "ended_diff" JSONB,
ADD COLUMN     "needed" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "seen" JSONB NOT NULL DEFAULT '{}';

-- A person stands once among the granted approvals of a draft, however often they click.
CREATE UNIQUE INDEX "approvals_standing_key" ON "approvals" ("draft_id", "actor_key") WHERE "state" = 'granted';

-- CreateEnum
CREATE TYPE "break_glass_verdict" AS ENUM ('justified', 'not_justified');

-- CreateTable
CREATE TABLE "break_glass_uses" (
    "id" TEXT NOT NULL,
    "approval_id" TEXT NOT NULL,
    "draft_id" TEXT NOT NULL,
    "project_id" TEXT,
    "actor" JSONB NOT NULL,
    "actor_key" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "overridden" JSONB NOT NULL DEFAULT '[]',
    "used_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "verdict" "break_glass_verdict",
    "note" TEXT,
    "reviewed_by" JSONB,
    "reviewed_at" TIMESTAMPTZ(3),

    CONSTRAINT "break_glass_uses_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "break_glass_uses_approval_id_key" ON "break_glass_uses"("approval_id");

-- CreateIndex
CREATE INDEX "break_glass_uses_used_at_id_idx" ON "break_glass_uses"("used_at" DESC, "id");

-- CreateIndex
CREATE INDEX "break_glass_uses_actor_key_used_at_idx" ON "break_glass_uses"("actor_key", "used_at" DESC);

-- What nobody has judged yet: the panel asks for it on every page.
CREATE INDEX "break_glass_uses_open_idx" ON "break_glass_uses"("due_at") WHERE "verdict" IS NULL;

-- AddForeignKey
ALTER TABLE "break_glass_uses" ADD CONSTRAINT "break_glass_uses_approval_id_fkey" FOREIGN KEY ("approval_id") REFERENCES "approvals"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
