-- What status, the inbox and "most seen first" ask at every call, answered by indexes alone. Drafts and deliveries are
-- written seldom beside reports; of incidents, which every report writes, there is one index more.

-- "Most seen first" walks it. A repeat writes into every index of its row already, for the time of its last change.
CREATE INDEX "incidents_occurrence_count_created_at_idx" ON "incidents"("occurrence_count" DESC, "created_at" DESC);

-- What waits for a decision, worst first, with what says whose it is and whether it is quiet.
CREATE INDEX "drafts_waiting_idx" ON "drafts" ("risk_rank" DESC, "created_at" DESC, "id" DESC)
  INCLUDE ("project_id", "incident_id")
  WHERE "deleted_at" IS NULL AND "approval" IN ('required', 'voided', 'expired');

-- What is still open is this without what was published: merged with the next but one, by the draft's id.
CREATE INDEX "drafts_undenied_idx" ON "drafts" ("id") INCLUDE ("project_id")
  WHERE "deleted_at" IS NULL AND "approval" <> 'denied';
CREATE INDEX "drafts_triage_ended_idx" ON "drafts" ("id") WHERE "triage" IN ('timed_out', 'failed');

-- The newest delivery of a draft and its state. A change of state writes into an index of these rows already.
DROP INDEX "deliveries_draft_id_created_at_idx";
CREATE INDEX "deliveries_newest_idx" ON "deliveries" ("draft_id", "created_at" DESC, "id" DESC, "state", "deleted_at");
