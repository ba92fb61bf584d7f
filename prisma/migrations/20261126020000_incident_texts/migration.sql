-- Searching within words needs trigrams. pg_trgm comes with PostgreSQL and any owner of a database may create it; where
-- it is missing all the same, a search reads every text instead of an index.

-- CreateTable
CREATE TABLE "incident_texts" (
    "incident_id" TEXT NOT NULL,
    "body" TEXT NOT NULL,

    CONSTRAINT "incident_texts_pkey" PRIMARY KEY ("incident_id")
);

CREATE FUNCTION "incident_search_text"(VARIADIC "parts" text[]) RETURNS text LANGUAGE sql STABLE AS
  $$ SELECT lower(array_to_string("parts", E'\n')) $$;

INSERT INTO "incident_texts" ("incident_id", "body")
SELECT "id", "incident_search_text"("id", "draft_id", "wire_fingerprint", "title", "source", "component", "event_type",
                                    left("detail", 1000))
FROM "incidents";

-- CreateIndex
-- A short list of pending words: nobody's insert pays for everybody's at once.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS "pg_trgm";
  CREATE INDEX "incident_texts_body_idx" ON "incident_texts" USING GIN ("body" gin_trgm_ops)
    WITH (gin_pending_list_limit = 1024);
EXCEPTION WHEN undefined_file OR feature_not_supported OR insufficient_privilege THEN
  RAISE WARNING 'pg_trgm is not available (%): searches will read every incident''s text', SQLERRM;
END
$$;

-- Once a statement: intake writes many incidents in one.
CREATE FUNCTION "incident_texts_insert"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "incident_texts" ("incident_id", "body")
  SELECT "id", "incident_search_text"("id", "draft_id", "wire_fingerprint", "title", "source", "component", "event_type",
                                      left("detail", 1000))
  FROM "inserted"
  ON CONFLICT ("incident_id") DO UPDATE SET "body" = EXCLUDED."body";
  RETURN NULL;
END
$$;
CREATE TRIGGER "incident_texts_insert" AFTER INSERT ON "incidents"
  REFERENCING NEW TABLE AS "inserted" FOR EACH STATEMENT EXECUTE FUNCTION "incident_texts_insert"();

-- A sighting changes none of these: it pays for the comparison and nothing else.
CREATE FUNCTION "incident_texts_update"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "incident_texts"
  SET "body" = "incident_search_text"(NEW."id", NEW."draft_id", NEW."wire_fingerprint", NEW."title", NEW."source",
                                      NEW."component", NEW."event_type", left(NEW."detail", 1000))
  WHERE "incident_id" = NEW."id";
  RETURN NULL;
END
$$;
CREATE TRIGGER "incident_texts_update" AFTER UPDATE OF "title", "detail", "component", "draft_id" ON "incidents"
  FOR EACH ROW WHEN (
    (OLD."title", OLD."detail", OLD."component", OLD."draft_id") IS DISTINCT FROM
    (NEW."title", NEW."detail", NEW."component", NEW."draft_id"))
  EXECUTE FUNCTION "incident_texts_update"();

CREATE FUNCTION "incident_texts_delete"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    DELETE FROM "incident_texts";
  ELSE
    DELETE FROM "incident_texts" WHERE "incident_id" IN (SELECT "id" FROM "deleted");
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "incident_texts_delete" AFTER DELETE ON "incidents"
  REFERENCING OLD TABLE AS "deleted" FOR EACH STATEMENT EXECUTE FUNCTION "incident_texts_delete"();
CREATE TRIGGER "incident_texts_truncate" AFTER TRUNCATE ON "incidents"
  FOR EACH STATEMENT EXECUTE FUNCTION "incident_texts_delete"();

-- A draft that was given other words is found by them too.
CREATE FUNCTION "incident_texts_of_draft"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "incident_texts" SET "body" = "body" || E'\n' || lower(NEW."title")
  WHERE "incident_id" = NEW."incident_id" AND position(lower(NEW."title") IN "body") = 0;
  RETURN NULL;
END
$$;
CREATE TRIGGER "incident_texts_of_draft" AFTER UPDATE OF "title" ON "drafts"
  FOR EACH ROW WHEN (OLD."title" IS DISTINCT FROM NEW."title") EXECUTE FUNCTION "incident_texts_of_draft"();
