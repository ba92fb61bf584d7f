-- CreateTable
CREATE TABLE "shadow_decisions" (
    "id" TEXT NOT NULL,
    "draft_id" TEXT NOT NULL,
    "incident_id" TEXT NOT NULL,
    "project_id" TEXT,
    "moment" TEXT NOT NULL,
    "route_id" TEXT NOT NULL,
    "route_name" TEXT NOT NULL,
    "destination_ids" TEXT[],
    "approval_required" BOOLEAN NOT NULL,
    "reached" BOOLEAN NOT NULL,
    "actual_route_id" TEXT,
    "actual_destination_ids" TEXT[],
    "actual_approval" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shadow_decisions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shadow_progress" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "through" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shadow_progress_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "shadow_decisions_at_id_idx" ON "shadow_decisions"("at" DESC, "id");

-- CreateIndex
CREATE INDEX "shadow_decisions_route_id_at_id_idx" ON "shadow_decisions"("route_id", "at" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "shadow_decisions_draft_id_route_id_moment_key" ON "shadow_decisions"("draft_id", "route_id", "moment");


ALTER TABLE "shadow_progress" ADD CONSTRAINT "shadow_progress_singleton" CHECK ("id" = 1);
