-- What the workers claim, by destination and then by age: the backlog of one destination is not read for another's.
-- Small, because ended deliveries leave it.
DROP INDEX "deliveries_claimable_idx";
CREATE INDEX "deliveries_claimable_idx" ON "deliveries" ("destination_id", "next_attempt_at")
  WHERE "state" IN ('due', 'retrying', 'sending');
