-- CreateTable
CREATE TABLE "telemetry_exports" (
    "target" TEXT NOT NULL,
    "after_at" TIMESTAMPTZ(3) NOT NULL,
    "after_id" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "telemetry_exports_pkey" PRIMARY KEY ("target")
);


-- Records in the order they were made, over all destinations: what is handed on next.
CREATE INDEX "telemetry_records_created_at_id_idx" ON "telemetry_records" ("created_at", "id");
