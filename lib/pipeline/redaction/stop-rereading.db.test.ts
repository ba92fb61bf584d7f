import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { redactionRulesVersion } from "@/lib/redaction/rules-version";
import { refusal } from "@/lib/testing/config-database";
import { actors } from "@/lib/testing/context";
import { aConfigPatch } from "@/lib/testing/reports";
import { createSilenceGround, type SilenceGround } from "@/lib/testing/silence-ground";
import { patchConfig } from "../settings/patch-config";
import { listRedactionRuns } from "./list-redaction-runs";
import { rereadStored } from "./reread-stored";
import { startRereading } from "./start-rereading";
import { stopRereading } from "./stop-rereading";

let ground: SilenceGround;
const worker = () => ground.as(actors.system("redaction"));
const rows = 250;

beforeAll(async () => {
  ground = await createSilenceGround();
  await rereadStored(worker());
});
afterAll(() => ground.close());

/** More reports than one page, each with a word that the rules from now on know. */
beforeEach(async () => {
  ground.clock.nowMs += 1_000;
  await ground.db.pool.query("TRUNCATE incidents, occurrences, redaction_runs CASCADE");
  await ground.db.pool.query("UPDATE redaction_turns SET rules_version = $1", [redactionRulesVersion]);
  const configure = (safetyDefaults: Parameters<typeof aConfigPatch>[0]["safetyDefaults"]) =>
    patchConfig(ground.as(), { patch: aConfigPatch({ safetyDefaults }) });
  await configure({ redactionProfile: "standard" });
  for (let each = 0; each < rows; each += 1)
    await ground.draftOf({ title: `Job Zanzibar-${4_000 + each} failed` });
  const patterns = [{ name: "patient", pattern: "Zanzibar-[0-9]{4}" }];
  await configure({
    redactionProfiles: [{ profileId: "clinic", personalData: [], patterns }],
    redactionProfile: "clinic",
  });
});

const telling = async () => {
  const { rows: found } = await ground.db.pool.query(
    "SELECT count(*)::int AS telling FROM incidents WHERE title LIKE '%Zanzibar%'",
  );
  return found[0]?.telling as number;
};

/** A worker that is told to end after one page. */
function workerOfOnePage() {
  let asked = 0;
  const stopping = {
    get aborted() {
      asked += 1;
      return asked > 1;
    },
  } as AbortSignal;
  const ctx = worker();
  return { ...ctx, services: { ...ctx.services, stopping } };
}

describe("stopping", () => {
  it("while a page is under way: that page stays read and counted, no further one is, and nothing begins by itself", async () => {
    const { runId } = await startRereading(ground.as());
    const lock = await ground.db.pool.connect();
    let walking: ReturnType<typeof rereadStored>;
    try {
      // The page has been read and waits for its first row: so it is under way when it is stopped.
      await lock.query("BEGIN");
      await lock.query("SELECT 1 FROM incidents FOR UPDATE");
      walking = rereadStored(worker());
      const waiting = () =>
        ground.db.pool
          .query(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
          )
          .then(({ rowCount }) => rowCount);
      await expect.poll(waiting, { timeout: 20_000, interval: 50 }).toBeGreaterThan(0);
      expect(await stopRereading(ground.as(), runId)).toMatchObject({ state: "stopped", examined: {} });
    } finally {
      await lock.query("COMMIT");
      lock.release();
    }
    expect(await walking).toMatchObject({ state: "stopped" });
    const [run] = await listRedactionRuns(ground.as(), { limit: 1 });
    expect(run).toMatchObject({
      ...{ runId, state: "stopped", place: "incidents", examined: { incidents: 200 } },
      ...{ changed: { incidents: 200 }, endedAtMs: ground.clock.nowMs },
    });
    expect(await telling()).toBe(rows - 200);
    expect(await rereadStored(worker())).toBeNull();
    expect(await telling()).toBe(rows - 200);
    const [entry] = await ground.audits("redaction.stopped", runId);
    expect(entry).toMatchObject({ actor: { kind: "user" }, detail: { run_id: runId, place: "incidents" } });
  });

  it("needs no worker that is at it; the walk can be started again and comes to its end", async () => {
    const { runId } = await startRereading(ground.as());
    await rereadStored(workerOfOnePage());
    expect(await stopRereading(ground.as(), runId)).toMatchObject({
      ...{ state: "stopped", examined: { incidents: 200 }, changed: { incidents: 200 } },
    });
    expect(await telling()).toBe(rows - 200);
    ground.clock.nowMs += 1_000;
    await startRereading(ground.as());
    expect(await rereadStored(worker())).toMatchObject({ state: "done", changed: { incidents: rows - 200 } });
    expect(await telling()).toBe(0);
  });

  it("one that the rules of a release began does not begin by itself again, until there are others", async () => {
    const older = redactionRulesVersion - 1;
    await ground.db.pool.query("UPDATE redaction_turns SET rules_version = $1", [older]);
    const begun = await rereadStored(workerOfOnePage());
    expect(begun).toMatchObject({ trigger: "rules", state: "running" });
    await stopRereading(ground.as(), begun?.runId ?? "");
    expect(await rereadStored(worker())).toBeNull();
    await ground.db.pool.query("UPDATE redaction_runs SET rules_version = $1", [older]);
    expect(await rereadStored(worker())).toMatchObject({ trigger: "rules", state: "done" });
  });

  it("of one that ended, or of none, is refused; only who configures may", async () => {
    const { runId } = await startRereading(ground.as());
    for (const actor of [actors.viewer(), actors.approver(), actors.auditor(), actors.agentToken()])
      expect((await refusal(stopRereading(ground.as(actor), runId))).kind).toBe("forbidden");
    await rereadStored(worker());
    expect(await refusal(stopRereading(ground.as(), runId))).toMatchObject({
      ...{ kind: "conflict", reason: "redaction_run_ended" },
    });
    expect(await refusal(stopRereading(ground.as(), "none"))).toMatchObject({
      ...{ kind: "not_found", reason: "redaction_run_not_found" },
    });
  });
});
