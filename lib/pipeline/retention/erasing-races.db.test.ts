import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { refusal } from "@/lib/testing/config-database";
import { actors } from "@/lib/testing/context";
import { tablesSaying } from "@/lib/testing/planted";
import { createSilenceGround, type SilenceGround } from "@/lib/testing/silence-ground";
import { eraseText } from "./erase-text";
import { listRetentionRuns } from "./list-retention-runs";

let ground: SilenceGround;
const marker = "Zanzibar-4711";

beforeAll(async () => {
  ground = await createSilenceGround();
});
afterAll(() => ground.close());

const stepped = () => ground.as(actors.admin({ stepUpAtMs: ground.clock.nowMs }));
const said = () => tablesSaying(ground.db, marker);

/** A failure that says the marker, reported, approved and sent. */
async function planted() {
  const title = `Job ${marker} failed`;
  const draftId = await ground.draftOf({ title, detail: "", fingerprint: newId.draft() }, "shop");
  await ground.publish(draftId);
  await ground.turn();
  const { incidentId } = await ground.db.prisma.draft.findUniqueOrThrow({ where: { id: draftId } });
  return { draftId, incidentId };
}

describe("what begins while it is being forgotten", () => {
  /** `meanwhile` is done after the erasure looked and before it takes anything. */
  async function erasing(incidentId: string, meanwhile: () => Promise<unknown>) {
    const client = await ground.db.pool.connect();
    try {
      await client.query("BEGIN");
      await client.query("SELECT pg_advisory_xact_lock(hashtextextended('retention-holds', 0))");
      const input = { subject: { kind: "incident" as const, incidentId }, reason: "x" };
      const erased = refusal(eraseText(stepped(), input));
      const waiting = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
      for (let found = 0; found === 0; ) found = (await client.query(waiting)).rowCount ?? 0;
      await meanwhile();
      await client.query("COMMIT");
      return await erased;
    } finally {
      client.release();
    }
  }

  it("stops it: what is being sent would leave its text behind", async () => {
    const { draftId, incidentId } = await planted();
    const setState = (state: "sending" | "published") =>
      ground.db.prisma.delivery.updateMany({ where: { draftId }, data: { state } });
    expect((await erasing(incidentId, () => setState("sending"))).reason).toBe("erasure_under_way");
    const incident = await ground.db.prisma.incident.findUniqueOrThrow({ where: { id: incidentId } });
    expect([incident.erasedAt, incident.deletedAt]).toEqual([null, null]);
    await setState("published");
    await eraseText(stepped(), { subject: { kind: "incident", incidentId }, reason: "x" });
    expect(await said()).toEqual([]);
  });

  it("halfway, its record says that it did not come to its end", async () => {
    const { draftId, incidentId } = await planted();
    await ground.db.pool.query(
      `INSERT INTO incidents SELECT (jsonb_populate_record(i, jsonb_build_object('id', 'many-' || n, 'fingerprint',
         'many-' || n, 'draft_id', NULL, 'created_at', i.created_at - interval '1 day'))).*
       FROM incidents i, generate_series(1, 50) n WHERE i.id = $1`,
      [incidentId],
    );
    const subject = { kind: "source" as const, projectId: "shop", sourceId: null };
    ground.clock.nowMs += 1_000;
    // It begins to be sent once the first fifty are gone.
    await ground.db.pool.query(`CREATE FUNCTION take() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN UPDATE deliveries SET state = 'sending' WHERE draft_id = '${draftId}'; RETURN NULL; END $$;
      CREATE TRIGGER take AFTER INSERT ON retention_runs FOR EACH STATEMENT EXECUTE FUNCTION take()`);
    const refused = await refusal(eraseText(stepped(), { subject, reason: "x" }));
    await ground.db.pool.query("DROP TRIGGER take ON retention_runs; DROP FUNCTION take()");
    expect(refused.reason).toBe("erasure_under_way");
    const [run] = await listRetentionRuns(ground.as(), { limit: 1 });
    expect(run).toMatchObject({ state: "failed", removed: { incidents: 50 } });
    expect(run?.errors).toEqual([{ code: "erasure_under_way", place: "incidents" }]);
    await ground.db.prisma.delivery.updateMany({ where: { draftId }, data: { state: "published" } });
    await eraseText(stepped(), { subject, reason: "x" });
    expect(await said()).toEqual([]);
  });
});
