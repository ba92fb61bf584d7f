import { afterAll, beforeAll, expect, it } from "vitest";
import { checkIntake } from "./support/counts";
import { MonitorProcess } from "./support/monitor-process";
import { emptyLedger, sendAgain, startReporters } from "./support/reporters";
import { beginFault, endFault } from "./support/results";
import { between, eachRound, roundsOf } from "./support/rounds";
import { until } from "./support/until";

const fault = "kill -9 of server and PostgreSQL under 16 reporters";
let monitor: MonitorProcess;

beforeAll(async () => {
  beginFault(fault);
  monitor = await MonitorProcess.start();
});
afterAll(() => monitor?.dispose());

it("loses nothing it acknowledged and counts nothing twice", async () => {
  const ledger = emptyLedger();
  const rounds = roundsOf();
  let unanswered = 0;
  let recoveries = 0;
  await eachRound(rounds, async (round) => {
    const before = ledger.acknowledged.size;
    const logged = monitor.databaseLogSize();
    const { url, token } = monitor;
    const crew = startReporters({ url, token, prefix: `r${round}`, ledger, onFailure: "stop" });
    const enough = before + between(50, 1_500);
    await until("reports to be acknowledged", () => ledger.acknowledged.size >= enough, { everyMs: 1 });
    await monitor.killEverything();
    await crew.finished;
    unanswered += ledger.retries.length;

    await monitor.start();
    expect(monitor.databaseLog(logged)).toContain("automatic recovery in progress");
    recoveries += 1;
    await checkIntake((text, values) => monitor.query(text, values), ledger);
    await sendAgain({ url, token, ledger });
    await checkIntake((text, values) => monitor.query(text, values), ledger);
  });
  const counted = await checkIntake((text, values) => monitor.query(text, values), ledger);
  endFault({
    fault,
    rounds,
    found: `${ledger.acknowledged.size} acknowledged, ${unanswered} sent again after no answer, ${counted.occurrences} counted in ${counted.incidents} incidents, ${recoveries} recoveries; 0 lost, 0 twice`,
  });
});
