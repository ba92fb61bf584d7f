-- CreateTable
CREATE TABLE "notification_settings" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "kinds" TEXT[] DEFAULT ARRAY['approvals', 'failures', 'break_glass']::TEXT[],
    "risk_rank_min" INTEGER NOT NULL DEFAULT 0,
    "interval_minutes" INTEGER NOT NULL DEFAULT 10,
    "webhook_destination_id" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "collected_until" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notification_settings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification_preferences" (
    "user_id" TEXT NOT NULL,
    "email" BOOLEAN NOT NULL DEFAULT true,
    "kinds" TEXT[] DEFAULT ARRAY['approvals', 'failures', 'break_glass']::TEXT[],
    "risk_rank_min" INTEGER NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notification_preferences_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "notices" (
    "sequence" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "occasion" TEXT NOT NULL,
    "project_id" TEXT,
    "risk_rank" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notices_pkey" PRIMARY KEY ("sequence")
);

-- CreateTable
CREATE TABLE "notification_recipients" (
    "key" TEXT NOT NULL,
    "told_until" BIGINT NOT NULL,
    "last_message_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_recipients_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "notifications" (
    "id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "recipient_key" TEXT NOT NULL,
    "user_id" TEXT,
    "content" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'due',
    "attempt_count" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "lease_until" TIMESTAMPTZ(3),
    "last_reason" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "notifications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification_links" (
    "id" TEXT NOT NULL,
    "notification_id" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "user_id" TEXT,
    "draft_id" TEXT NOT NULL,
    "project_id" TEXT,
    "digest" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "used_by" JSONB,

    CONSTRAINT "notification_links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "occurrence_hours" (
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "project_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "occurrence_hours_pkey" PRIMARY KEY ("hour","project_id","source")
);

-- CreateTable
CREATE TABLE "occurrence_hour_marks" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "counted_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "occurrence_hour_marks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "test_reports" (
    "draft_id" TEXT NOT NULL,
    "incident_id" TEXT NOT NULL,
    "project_id" TEXT,
    "created_by" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "test_reports_pkey" PRIMARY KEY ("draft_id")
);

-- CreateTable
CREATE TABLE "test_receptions" (
    "id" TEXT NOT NULL,
    "delivery_id" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "draft_id" TEXT,
    "body_bytes" INTEGER NOT NULL,
    "body_digest" TEXT NOT NULL,
    "arrivals" INTEGER NOT NULL DEFAULT 1,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "test_receptions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "notices_created_at_idx" ON "notices"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "notices_kind_subject_id_occasion_key" ON "notices"("kind", "subject_id", "occasion");

-- CreateIndex
CREATE INDEX "notifications_created_at_id_idx" ON "notifications"("created_at" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "notification_links_token_hash_key" ON "notification_links"("token_hash");

-- CreateIndex
CREATE INDEX "notification_links_notification_id_idx" ON "notification_links"("notification_id");

-- CreateIndex
CREATE INDEX "test_reports_created_at_idx" ON "test_reports"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "test_receptions_delivery_id_key" ON "test_receptions"("delivery_id");

-- CreateIndex
CREATE INDEX "test_receptions_received_at_idx" ON "test_receptions"("received_at" DESC);

-- CreateIndex
CREATE INDEX "approvals_created_at_idx" ON "approvals"("created_at");

-- CreateIndex
CREATE INDEX "approvals_ended_at_idx" ON "approvals"("ended_at");

-- CreateIndex
CREATE INDEX "deliveries_ended_at_idx" ON "deliveries"("ended_at");

-- AddForeignKey
ALTER TABLE "notification_links" ADD CONSTRAINT "notification_links_notification_id_fkey" FOREIGN KEY ("notification_id") REFERENCES "notifications"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma cannot express: what still has to be sent, and the one row of settings.
CREATE INDEX "notifications_open_idx" ON "notifications" ("next_attempt_at") WHERE "state" IN ('due', 'sending');
INSERT INTO "notification_settings" ("id") VALUES (1);
