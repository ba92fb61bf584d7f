import { randomInt } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApi, type TestApi } from "@/lib/testing/api";
import { listEndpoints } from "./support/endpoints";
import { Fuzzer, type FuzzRequest } from "./support/fuzz";
import { MonitorProcess } from "./support/monitor-process";
import { beginFault, endFault } from "./support/results";
import { isFullRun, roundsOf } from "./support/rounds";

/** FAULT_SEED makes a run again. */
const seed = Number(process.env.FAULT_SEED ?? randomInt(2 ** 31));
const inProcess = isFullRun ? 9_000 : 300 * roundsOf(3);
const overHttp = isFullRun ? 1_000 : 33 * roundsOf(3);
const hangMs = 12_000;
const renewEvery = 50;

const endpoints = listEndpoints();
type Sent = { status: number; text: string; headers: Headers };

/** The bodies that are too long to be come by at random, and names that exist. */
async function groundOf(
  call: (method: string, path: string, body?: unknown) => Promise<{ status: number; body: any }>,
) {
  let drafted = 0;
  const report = {
    ...{ title: "Nightly failed", detail: "exit code 1", source: "ci", event: "ci.failed", level: "error" },
    ...{ risk_level: "critical", excerpt: ["boom"], fingerprint: "fuzz", run_id: "1", component: "api" },
  };
  await call("PATCH", "/config/incident-monitor", {
    incident_monitor: {
      monitored_projects: [
        { project_id: "shop", name: "Shop", repo: "acme/shop", workspace_root: "/workspace/repos/shop" },
      ],
    },
  });
  const key = await call("POST", "/incident-monitor/intake/keys", { project_id: "shop", name: "fuzz" });
  const config = await call("GET", "/config/incident-monitor");
  const { updated_at_ms: _, ...incident_monitor } = config.body.incident_monitor;
  const known = {
    draft_id: [] as string[],
    incident_id: [] as string[],
    key_id: ["none"],
    destination_id: ["local-telemetry"],
    project_id: ["shop"],
  };
  return {
    known,
    /** Requests decide and delete what they find: there has to be something new to find. */
    renew: async () => {
      drafted += 1;
      const fresh = { ...report, title: "Fuzzed", fingerprint: `fuzz-${drafted}` };
      const made = await call("POST", "/incident-monitor/report", { report: fresh });
      expect(made.status, JSON.stringify(made.body)).toBe(200);
      known.draft_id.splice(0, known.draft_id.length, made.body.draft.draft_id);
      known.incident_id.splice(0, known.incident_id.length, made.body.incident_id);
    },
    intakeKey: key.body.raw_key as string,
    samples: {
      "/config/incident-monitor": { incident_monitor },
      "/incident-monitor/report": { report },
      "/incident-monitor/intake/report": { project_id: "shop", report },
      "/incident-monitor/intake/reports": [report, { report }],
      "/incident-monitor/route-preview": { report },
    } as Record<string, unknown>,
  };
}

/** Never a 5xx, never silence, and every refusal is a problem that names its code and its request. */
async function bombard(
  fuzzer: Fuzzer,
  count: number,
  renew: () => Promise<void>,
  send: (request: FuzzRequest) => Promise<Sent>,
) {
  const statuses = new Map<number, number>();
  const faults: string[] = [];
  for (let number = 1; number <= count && faults.length < 10; number++) {
    if (number % renewEvery === 1) await renew();
    const request = fuzzer.next(endpoints);
    const told = `seed ${seed} #${number}: ${request.method} ${request.path} ${request.body?.toString("utf8").slice(0, 400)}`;
    const answer = await Promise.race([send(request), silence()]).catch((error: Error) => error);
    if (answer === null || answer instanceof Error) {
      faults.push(`${told} -> ${answer ? String(answer.stack) : `no answer in ${hangMs} ms`}`);
      continue;
    }
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    if (answer.status >= 500) faults.push(`${told} -> ${answer.status} ${answer.text.slice(0, 300)}`);
    if (answer.status >= 400 && !isProblem(answer))
      faults.push(`${told} -> no problem: ${answer.text.slice(0, 300)}`);
  }
  expect(faults).toEqual([]);
  return [...statuses]
    .sort(([a], [b]) => a - b)
    .map(([status, n]) => `${status}: ${n}`)
    .join(", ");
}

const silence = () => new Promise<null>((resolve) => setTimeout(resolve, hangMs, null).unref());

function isProblem({ text, headers }: Sent): boolean {
  try {
    const body = JSON.parse(text);
    const hasWords = typeof body.error === "string" && typeof body.code === "string";
    return hasWords && body.request_id === headers.get("x-request-id");
  } catch {
    return false;
  }
}

describe("requests at random", () => {
  let api: TestApi;
  let monitor: MonitorProcess;
  const stopped = new AbortController();
  stopped.abort();

  beforeAll(async () => {
    console.log(`Fuzzing with FAULT_SEED=${seed}`);
    api = await createTestApi({
      // Nobody delivers here, so a publish call need not wait for it; and nothing leaves this machine.
      stopping: stopped.signal,
      fetch: async () => ({
        outcome: "refused_by_policy",
        reason: { code: "test", message: "Nothing leaves during this test." },
      }),
    });
    monitor = await MonitorProcess.start({ env: { INCIDENT_MONITOR_WORKERS: "0" } });
  });
  afterAll(async () => {
    await api?.close();
    await monitor?.dispose();
  });

  it("to the application itself", async () => {
    const fault = "random requests to every endpoint, in process";
    beginFault(fault);
    const { known, samples, intakeKey, renew } = await groundOf((method, path, body) =>
      api.call(method, path, { body }),
    );
    const tokens = [
      ...Array(12).fill(api.tokens.admin),
      api.tokens.service,
      api.tokens.agent,
      intakeKey,
      "wrong",
    ];
    const found = await bombard(
      new Fuzzer(seed, known, tokens, samples),
      inProcess,
      renew,
      async (request) => {
        const answer = await api.call(request.method, request.path, {
          token: null,
          headers: request.headers,
          ...(request.body && { raw: request.body as unknown as string }),
        });
        return { status: answer.status, text: answer.text, headers: answer.headers };
      },
    );
    endFault({ fault, rounds: inProcess, found: `0 failed with 5xx, 0 hung (seed ${seed}; ${found})` });
  });

  it("to the real server", async () => {
    const fault = "random requests to every endpoint, over HTTP";
    beginFault(fault);
    const { known, samples, intakeKey, renew } = await groundOf((method, path, body) =>
      monitor.api.call(method, path, body),
    );
    const tokens = [...Array(12).fill(monitor.token), intakeKey, "wrong"];
    // A publish call waits its ten seconds when nobody delivers: over HTTP other drafts than the one known are asked for.
    const fuzzer = new Fuzzer(seed + 1, { ...known, draft_id: [] }, tokens, samples);
    const found = await bombard(fuzzer, overHttp, renew, async (request) => {
      const response = await fetch(monitor.url + request.path, {
        method: request.method,
        headers: request.headers,
        body: request.body && new Uint8Array(request.body),
      });
      return { status: response.status, text: await response.text(), headers: response.headers };
    });
    expect((await monitor.api.call("GET", "/global/health")).body).toMatchObject({ ready: true });
    endFault({ fault, rounds: overHttp, found: `0 failed with 5xx, 0 hung (seed ${seed + 1}; ${found})` });
  });
});
