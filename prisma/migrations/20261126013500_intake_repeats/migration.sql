-- A repeat is counted without reading its record when the holder's copy has the same revision.
ALTER TABLE "incidents" ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 1;

-- Every index of these tables is paid for by every sighting: drafts know their incident, and most sightings have no origin key.
DROP INDEX "incidents_draft_id_idx";
DROP INDEX "occurrences_origin_key_key";
CREATE UNIQUE INDEX "occurrences_origin_key_key" ON "occurrences" ("origin_key") WHERE "origin_key" IS NOT NULL;
