-- AlterTable
ALTER TABLE "intake_keys" ADD COLUMN     "daily_quota" INTEGER;

-- CreateTable
CREATE TABLE "intake_key_usage" (
    "key_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "taken" INTEGER NOT NULL,
    "granted" INTEGER NOT NULL,

    CONSTRAINT "intake_key_usage_pkey" PRIMARY KEY ("key_id","day")
);
