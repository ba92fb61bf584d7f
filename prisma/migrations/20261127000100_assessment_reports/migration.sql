-- Assessment reports: each as it was answered, with its digest. Written once.
-- CreateTable
CREATE TABLE "assessment_reports" (
    "id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,
    "project_ids" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "risk" TEXT NOT NULL,
    "counts" JSONB NOT NULL,
    "document" JSONB NOT NULL,
    "sha256" TEXT NOT NULL,

    CONSTRAINT "assessment_reports_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "assessment_reports_created_at_id_idx" ON "assessment_reports"("created_at" DESC, "id" DESC);

-- A report that was handed to an auditor stays what it was.
CREATE FUNCTION "assessment_reports_unchanged"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'assessment reports cannot be changed' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER "assessment_reports_no_change" BEFORE UPDATE ON "assessment_reports"
  FOR EACH ROW EXECUTE FUNCTION "assessment_reports_unchanged"();
