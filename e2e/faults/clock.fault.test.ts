import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { WebhookReceiver } from "../fakes/webhook-receiver";
import { checkIntake } from "./support/counts";
import {
  checkDecisions,
  checkDeliveries,
  decide,
  deliveriesOf,
  newDraft,
  openReceiver,
  publish,
  untilPublished,
  useDestinations,
  webhookRow,
} from "./support/deliveries";
import { MonitorProcess } from "./support/monitor-process";
import { emptyLedger, sendAgain, startReporters } from "./support/reporters";
import { beginFault, endFault } from "./support/results";
import { eachRound, roundsOf } from "./support/rounds";
import { until } from "./support/until";

const fault = "the server's clock jumps by an hour, forth and back, under load";
/** Each goes through all three clocks. */
const roundsMax = 8;

let monitor: MonitorProcess;
let receiver: WebhookReceiver;

beforeAll(async () => {
  beginFault(fault);
  receiver = await openReceiver();
  monitor = await MonitorProcess.start({
    nodeArgs: ["--import", join(import.meta.dirname, "support", "shift-clock.mjs")],
  });
  await useDestinations(monitor, [webhookRow("hook", receiver.url, { timeout_ms: 5_000 })]);
});
afterAll(async () => {
  await monitor?.dispose();
  await receiver?.close();
});

/** The next clock of 0, +1 h, -1 h. */
async function shift(): Promise<number> {
  const said = /clock shifted by (-?\d+) ms/g;
  const before = [...monitor.output().matchAll(said)].length;
  monitor.signal("SIGUSR2");
  const now = await until("the clock to jump", () => [...monitor.output().matchAll(said)].at(before));
  return Number(now[1]);
}

const clockOfServer = async () =>
  Number((await monitor.api.call("GET", "/incident-monitor/overview")).body.now_ms);

it("leases, retries, approvals, versions and counts come to no harm", async () => {
  const rounds = roundsOf(roundsMax);
  const ledger = emptyLedger();
  const drafts: string[] = [];
  await eachRound(rounds, async (round) => {
    const crew = startReporters({
      ...{
        url: monitor.url,
        token: monitor.token,
        prefix: `c${round}`,
        ledger,
        reporters: 4,
        onFailure: "goOn",
      },
    });
    // One attempt hangs, and its lease with it, across the jump; one waits for its retry; one is approved.
    for (let jump = 1; jump <= 3; jump++) {
      const [hanging, failing, approved] = await Promise.all([
        newDraft(monitor),
        newDraft(monitor),
        newDraft(monitor, "critical"),
      ]);
      const ids = [hanging.draft_id, failing.draft_id, approved.draft_id];
      drafts.push(...ids);
      receiver.script({ kind: "hang" }, { kind: "status", status: 500 });
      const read = receiver.requests.length;
      const calls = [publish(monitor, hanging.draft_id)];
      await until("the first attempt", () => receiver.requests.length > read);
      calls.push(publish(monitor, failing.draft_id));
      await until("the second attempt", () => receiver.requests.length > read + 1);
      expect((await decide(monitor, approved.draft_id, "approve")).status).toBe(200);
      const version = (await monitor.api.config()).updated_at_ms;

      const shifted = await shift();
      const serverAhead = (await clockOfServer()) - Date.now();
      expect(Math.abs(serverAhead - shifted)).toBeLessThan(60_000);

      // A save is later than the one before, whatever the clock says (D-18); one that saw an older one is refused.
      const saved = await monitor.api
        .patchConfig({ label_mode: jump % 2 === 0 ? "off" : "suggest" })
        .catch(() => null);
      const saves = await Promise.all(
        [1, 2].map((writer) =>
          monitor.api.call("PATCH", "/config/incident-monitor", {
            incident_monitor: {
              updated_at_ms: saved?.updated_at_ms ?? version,
              repo: `acme/r${round}-${jump}-${writer}`,
            },
          }),
        ),
      );
      expect(saves.map((each) => each.status).sort()).toEqual([200, 409]);
      expect((await monitor.api.config()).updated_at_ms).toBeGreaterThan(version);

      await Promise.all(calls);
      const decided = await publish(monitor, approved.draft_id);
      expect([decided.status, decided.body.action]).not.toContain("approval_required");
      // What waits for a clock that went back is brought forward by whoever publishes again.
      for (const id of ids) expect((await publish(monitor, id)).status).toBe(200);
      await untilPublished(monitor, ids);
      await checkDeliveries(monitor, receiver, ids, { clockIsOff: true });
      await checkDecisions(monitor, ids);
    }
    await crew.stop();
    await sendAgain({ url: monitor.url, token: monitor.token, ledger });
    await checkIntake((text, values) => monitor.query(text, values), ledger);
    const [odd] = await monitor.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM incidents WHERE first_seen_at > last_seen_at",
    );
    expect(odd?.n).toBe(0);
  });
  const counted = await checkDeliveries(monitor, receiver, drafts, { clockIsOff: true });
  const attempts = (await deliveriesOf(monitor, drafts)).reduce((sum, row) => sum + row.attempt_count, 0);
  expect(counted.effects).toBe(drafts.length);
  endFault({
    fault,
    rounds,
    found: `${3 * rounds} jumps: ${ledger.acknowledged.size} acknowledged, ${drafts.length} deliveries in ${attempts} attempts under ${counted.effects} keys; 0 lost, 0 twice, 0 approvals lost`,
  });
});
