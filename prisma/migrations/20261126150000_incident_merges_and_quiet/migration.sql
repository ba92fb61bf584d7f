-- Incidents that are merged, split, snoozed, muted and resolved, and the rules by which sightings are grouped.
ALTER TABLE "incidents"
  DROP COLUMN "snoozed_until",
  DROP COLUMN "muted_until",
  ADD COLUMN "own_occurrence_count" INTEGER,
  ADD COLUMN "own_first_seen_at" TIMESTAMPTZ(3),
  ADD COLUMN "own_last_seen_at" TIMESTAMPTZ(3),
  ADD COLUMN "snooze" JSONB,
  ADD COLUMN "mute" JSONB,
  ADD COLUMN "woke" JSONB,
  ADD COLUMN "resolution" JSONB;

ALTER TABLE "drafts" ADD COLUMN "superseded_by_id" TEXT;
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_superseded_by_id_fkey"
  FOREIGN KEY ("superseded_by_id") REFERENCES "incidents"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "monitor_settings" ADD COLUMN "grouping_version" BIGINT NOT NULL DEFAULT 0;

CREATE TABLE "incident_merges" (
    "id" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "member_id" TEXT NOT NULL,
    "rule_id" TEXT,
    "reason" TEXT,
    "draft" JSONB,
    "merged_by" JSONB NOT NULL,
    "merged_at" TIMESTAMPTZ(3) NOT NULL,
    "undone_by" JSONB,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "incident_merges_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "incident_merges_lead_id_idx" ON "incident_merges"("lead_id");
CREATE INDEX "incident_merges_member_id_idx" ON "incident_merges"("member_id");
ALTER TABLE "incident_merges" ADD CONSTRAINT "incident_merges_lead_id_fkey"
  FOREIGN KEY ("lead_id") REFERENCES "incidents"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "incident_merges" ADD CONSTRAINT "incident_merges_member_id_fkey"
  FOREIGN KEY ("member_id") REFERENCES "incidents"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "grouping_rules" (
    "id" TEXT NOT NULL,
    "position" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "project_id" TEXT,
    "rule" JSONB NOT NULL,
    "reason" TEXT,
    "outcome" JSONB NOT NULL DEFAULT '{}',
    "applied_by" JSONB NOT NULL,
    "applied_at" TIMESTAMPTZ(3) NOT NULL,
    "undone_by" JSONB,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "grouping_rules_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "grouping_rules_applied_at_id_idx" ON "grouping_rules"("applied_at" DESC, "id");

CREATE TABLE "incident_rekeys" (
    "rule_id" TEXT NOT NULL,
    "incident_id" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "identity" JSONB NOT NULL,

    CONSTRAINT "incident_rekeys_pkey" PRIMARY KEY ("rule_id", "incident_id")
);
ALTER TABLE "incident_rekeys" ADD CONSTRAINT "incident_rekeys_rule_id_fkey"
  FOREIGN KEY ("rule_id") REFERENCES "grouping_rules"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "incident_rekeys" ADD CONSTRAINT "incident_rekeys_incident_id_fkey"
  FOREIGN KEY ("incident_id") REFERENCES "incidents"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say -------------------------------------------------------------------------

-- A merged incident keeps its identity: a sighting that races with the merge meets its row, and not an empty place.
DROP INDEX "incidents_live_identity_key";
CREATE UNIQUE INDEX "incidents_live_identity_key" ON "incidents" ("scope_key", "fingerprint_version", "fingerprint")
  WHERE "deleted_at" IS NULL;

-- The members of an incident.
CREATE INDEX "incidents_merged_into_idx" ON "incidents" ("merged_into_id") WHERE "merged_into_id" IS NOT NULL;

-- What may wake or come back.
CREATE INDEX "incidents_quiet_idx" ON "incidents" ("id") WHERE "snooze" IS NOT NULL OR "mute" IS NOT NULL;
CREATE INDEX "incidents_resolved_idx" ON "incidents" ("id") WHERE "resolution" IS NOT NULL;

-- One merge of an incident stands at a time.
CREATE UNIQUE INDEX "incident_merges_standing_key" ON "incident_merges" ("member_id") WHERE "undone_at" IS NULL;
CREATE INDEX "grouping_rules_standing_idx" ON "grouping_rules" ("position") WHERE "undone_at" IS NULL;

-- The releases of an incident, each found by one probe.
CREATE INDEX "occurrences_release_idx" ON "occurrences" ("incident_id", ("sighting"->>'release'), "received_at")
  WHERE "sighting" ? 'release';
