-- The audit ledger: salts for what a leaf commits to by hash alone, the tiles of the hash tree, keys, and where
-- checkpoints were posted. Entries stay where they are; the sealer fills their sequence and leaf hash.

-- 122 random bits each, made with the row by whoever writes it. Nobody can guess an erased field back from its hash.
ALTER TABLE "audit_entries"
  ADD COLUMN "actor_salt" BYTEA DEFAULT uuid_send(gen_random_uuid()),
  ADD COLUMN "detail_salt" BYTEA DEFAULT uuid_send(gen_random_uuid()),
  ADD COLUMN "actor_hash" TEXT,
  ADD COLUMN "detail_hash" TEXT;

CREATE INDEX "audit_entries_action_at_idx" ON "audit_entries" ("action", "at" DESC);
CREATE INDEX "audit_entries_actor_key_at_idx" ON "audit_entries" ("actor_key", "at" DESC);

CREATE TABLE "audit_tiles" (
  "level" SMALLINT NOT NULL,
  "position" BIGINT NOT NULL,
  "hashes" BYTEA NOT NULL,
  PRIMARY KEY ("level", "position"),
  CONSTRAINT "audit_tiles_whole_hashes" CHECK (length("hashes") BETWEEN 32 AND 8192 AND length("hashes") % 32 = 0)
);

CREATE TABLE "audit_keys" (
  "key_id" TEXT PRIMARY KEY,
  "ordinal" INTEGER NOT NULL,
  "name" TEXT NOT NULL,
  "public_key" TEXT NOT NULL,
  "from_size" BIGINT NOT NULL,
  "endorsed_by" TEXT,
  "endorsement" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL
);
CREATE UNIQUE INDEX "audit_keys_ordinal_key" ON "audit_keys" ("ordinal");

CREATE TABLE "audit_witness_settings" (
  "id" INTEGER PRIMARY KEY DEFAULT 1,
  "destination_id" TEXT,
  "interval_minutes" INTEGER NOT NULL DEFAULT 60,
  "version" INTEGER NOT NULL DEFAULT 1,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  CONSTRAINT "audit_witness_settings_singleton" CHECK ("id" = 1)
);
INSERT INTO "audit_witness_settings" ("id") VALUES (1);

CREATE TABLE "audit_witness_postings" (
  "id" TEXT PRIMARY KEY,
  "destination_id" TEXT NOT NULL,
  "tree_size" BIGINT NOT NULL,
  "note" TEXT NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'due',
  "attempt_count" INTEGER NOT NULL DEFAULT 0,
  "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
  "reason" JSONB,
  "receipt" JSONB,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "ended_at" TIMESTAMPTZ(3),
  CONSTRAINT "audit_witness_postings_state" CHECK ("state" IN ('due', 'sent', 'failed'))
);
CREATE INDEX "audit_witness_postings_created_idx" ON "audit_witness_postings" ("created_at" DESC);
CREATE INDEX "audit_witness_postings_due_idx" ON "audit_witness_postings" ("next_attempt_at") WHERE "state" = 'due';

-- Three things may happen to a row, and nothing else: it is numbered, once; its actor's name or its detail is erased, which
-- leaves the salted hash that the leaf holds. Cheap where nothing is wrong: the conditions are checked without a call.
DROP TRIGGER "audit_entries_append_only" ON "audit_entries";

CREATE OR REPLACE FUNCTION "audit_entries_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    RAISE EXCEPTION 'audit entries cannot be removed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RAISE EXCEPTION 'audit entries cannot be changed' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER "audit_entries_no_delete" BEFORE DELETE ON "audit_entries"
  FOR EACH ROW EXECUTE FUNCTION "audit_entries_append_only"();
CREATE TRIGGER "audit_entries_no_change" BEFORE UPDATE ON "audit_entries"
  FOR EACH ROW WHEN (
    (OLD."id", OLD."at", OLD."actor_key", OLD."action", OLD."outcome", OLD."subject_kind", OLD."subject_id")
      IS DISTINCT FROM (NEW."id", NEW."at", NEW."actor_key", NEW."action", NEW."outcome", NEW."subject_kind", NEW."subject_id")
    OR OLD."project_id" IS DISTINCT FROM NEW."project_id"
    OR OLD."request_id" IS DISTINCT FROM NEW."request_id"
    OR (OLD."sequence" IS NOT NULL AND (OLD."sequence", OLD."leaf_hash", OLD."sealed_at")
      IS DISTINCT FROM (NEW."sequence", NEW."leaf_hash", NEW."sealed_at"))
    OR ((OLD."actor" IS DISTINCT FROM NEW."actor" OR OLD."actor_salt" IS DISTINCT FROM NEW."actor_salt"
        OR OLD."actor_hash" IS DISTINCT FROM NEW."actor_hash")
      AND NOT (OLD."sequence" IS NOT NULL AND OLD."actor_hash" IS NULL AND NEW."actor_hash" IS NOT NULL
        AND NEW."actor_salt" IS NULL AND NEW."actor" = OLD."actor" - 'name'))
    OR ((OLD."detail" IS DISTINCT FROM NEW."detail" OR OLD."detail_salt" IS DISTINCT FROM NEW."detail_salt"
        OR OLD."detail_hash" IS DISTINCT FROM NEW."detail_hash")
      AND NOT (OLD."sequence" IS NOT NULL AND OLD."detail_hash" IS NULL AND NEW."detail_hash" IS NOT NULL
        AND NEW."detail_salt" IS NULL AND NEW."detail" = '{}'::jsonb))
  ) EXECUTE FUNCTION "audit_entries_append_only"();

-- An entry comes into the ledger by the sealer's update, never numbered already.
CREATE TRIGGER "audit_entries_no_forgery" BEFORE INSERT ON "audit_entries"
  FOR EACH ROW WHEN (NEW."sequence" IS NOT NULL OR NEW."leaf_hash" IS NOT NULL OR NEW."actor_hash" IS NOT NULL
    OR NEW."detail_hash" IS NOT NULL OR NEW."actor_salt" IS NULL OR NEW."detail_salt" IS NULL)
  EXECUTE FUNCTION "audit_entries_append_only"();

CREATE FUNCTION "audit_ledger_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit ledger cannot be changed' USING ERRCODE = 'insufficient_privilege';
END
$$;

-- A tile grows to the right and keeps what it holds.
CREATE TRIGGER "audit_tiles_grow_only" BEFORE UPDATE ON "audit_tiles"
  FOR EACH ROW WHEN (OLD."level" <> NEW."level" OR OLD."position" <> NEW."position"
    OR substring(NEW."hashes" FROM 1 FOR length(OLD."hashes")) <> OLD."hashes")
  EXECUTE FUNCTION "audit_ledger_append_only"();
CREATE TRIGGER "audit_tiles_no_delete" BEFORE DELETE ON "audit_tiles"
  FOR EACH ROW EXECUTE FUNCTION "audit_ledger_append_only"();
CREATE TRIGGER "audit_tiles_no_truncate" BEFORE TRUNCATE ON "audit_tiles"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_ledger_append_only"();
CREATE TRIGGER "audit_checkpoints_append_only" BEFORE UPDATE OR DELETE ON "audit_checkpoints"
  FOR EACH ROW EXECUTE FUNCTION "audit_ledger_append_only"();
CREATE TRIGGER "audit_checkpoints_no_truncate" BEFORE TRUNCATE ON "audit_checkpoints"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_ledger_append_only"();
CREATE TRIGGER "audit_keys_append_only" BEFORE UPDATE OR DELETE ON "audit_keys"
  FOR EACH ROW EXECUTE FUNCTION "audit_ledger_append_only"();
CREATE TRIGGER "audit_keys_no_truncate" BEFORE TRUNCATE ON "audit_keys"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_ledger_append_only"();
