-- AlterTable
ALTER TABLE "deliveries" ADD COLUMN     "silence_id" TEXT;

-- AlterTable
ALTER TABLE "silences" ADD COLUMN     "ended_by" JSONB,
ADD COLUMN     "project_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "schedule" JSONB,
ADD COLUMN     "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "updated_by" JSONB,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "silence_holds" (
    "id" TEXT NOT NULL,
    "silence_id" TEXT NOT NULL,
    "draft_id" TEXT NOT NULL,
    "incident_id" TEXT NOT NULL,
    "project_id" TEXT,
    "held_at" TIMESTAMPTZ(3) NOT NULL,
    "released_at" TIMESTAMPTZ(3),
    "release_reason" TEXT,

    CONSTRAINT "silence_holds_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "silence_holds_silence_id_held_at_id_idx" ON "silence_holds"("silence_id", "held_at" DESC, "id");

-- CreateIndex
CREATE INDEX "silence_holds_draft_id_idx" ON "silence_holds"("draft_id");

-- CreateIndex
CREATE INDEX "silences_created_at_id_idx" ON "silences"("created_at" DESC, "id");

-- AddForeignKey
ALTER TABLE "silence_holds" ADD CONSTRAINT "silence_holds_silence_id_fkey" FOREIGN KEY ("silence_id") REFERENCES "silences"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- At most one open hold of a draft by a silence: two sweeps racing are decided here.
CREATE UNIQUE INDEX "silence_holds_open_idx" ON "silence_holds" ("draft_id", "silence_id") WHERE "released_at" IS NULL;

-- What a silence put off and still waits: few, found when it ends.
CREATE INDEX "deliveries_silenced_idx" ON "deliveries" ("silence_id") WHERE "silence_id" IS NOT NULL;
