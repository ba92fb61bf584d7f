import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { freePort } from "@/lib/testing/free-port";
import { createMonitor, type Monitor } from "../../support/monitor";
import { isAlive, signal, signalWithChildren, startReaper, untilGone } from "./processes";
import { until } from "./until";

const root = join(import.meta.dirname, "..", "..", "..");
const startWithinMs = 120_000;

/** The secret of every receiver of these tests, as the server finds it: webhook_secret_ref `env:TANDEM_FAULT_SECRET`. */
export const webhookSecret = `whsec_${randomBytes(24).toString("base64")}`;
export const webhookSecretRef = "env:TANDEM_FAULT_SECRET";

export type MonitorOptions = {
  env?: Record<string, string>;
  /** Given to Node before the script: a preload. */
  nodeArgs?: string[];
  args?: string[];
  /** `scripts/start.mjs` unless it is the worker. */
  script?: "scripts/start.mjs" | "scripts/worker.mjs";
  /** Where the data folder goes; one made for this process unless given. */
  dataDir?: string;
};

export type Ended = { code: number | null; signal: NodeJS.Signals | null; ms: number };

/** One `npm start` (or `npm run worker`) on its own folder and port, that can be killed and started again. */
export class MonitorProcess {
  readonly url: string;
  readonly api: Monitor;
  readonly dataDir: string;
  readonly #logFile: string;
  readonly #callOffReaper: () => void;
  #child: ChildProcess | null = null;
  #ended: Promise<Ended> = Promise.resolve({ code: null, signal: null, ms: 0 });

  private constructor(
    private readonly folder: string,
    readonly port: number,
    readonly token: string,
    private readonly options: MonitorOptions,
  ) {
    this.url = `http://127.0.0.1:${port}`;
    this.api = createMonitor(this.url, token);
    this.dataDir = options.dataDir ?? join(folder, "data");
    this.#logFile = join(folder, "server.log");
    this.#callOffReaper = startReaper(folder);
  }

  /** Made, not started. */
  static async create(options: MonitorOptions = {}): Promise<MonitorProcess> {
    const folder = mkdtempSync(join(tmpdir(), "incident-monitor-fault-"));
    chmodSync(folder, 0o711); // as root PostgreSQL runs under another account, and must get in
    const token = options.env?.INCIDENT_MONITOR_TOKEN ?? `tim_token_${randomBytes(24).toString("hex")}`;
    return new MonitorProcess(folder, await freePort(), token, options);
  }

  static async start(options: MonitorOptions = {}): Promise<MonitorProcess> {
    const made = await MonitorProcess.create(options);
    try {
      await made.start();
    } catch (error) {
      await made.dispose();
      throw error;
    }
    return made;
  }

  get pid(): number {
    const pid = this.#child?.pid;
    if (!pid) throw new Error("not started");
    return pid;
  }

  get isRunning(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Settles when the present process has ended. */
  get ended(): Promise<Ended> {
    return this.#ended;
  }

  /** Spawns it on the same folder, and does not wait until it serves. */
  spawn(env: Record<string, string> = {}): void {
    const { script = "scripts/start.mjs", args = [], nodeArgs = [] } = this.options;
    const log = openSync(this.#logFile, "a");
    const startedAt = performance.now();
    const own = ["--no-build", "--port", String(this.port), "--data-dir", this.dataDir];
    const child = spawn(process.execPath, [...nodeArgs, script, ...own, ...args], {
      cwd: root,
      detached: true, // its own process group: one signal reaches all of it, and none of us
      stdio: ["ignore", log, log],
      env: {
        ...withoutHostSettings(process.env),
        INCIDENT_MONITOR_TOKEN: this.token,
        TANDEM_FAULT_SECRET: webhookSecret,
        ...this.options.env,
        ...env,
      },
    });
    closeSync(log);
    this.#child = child;
    this.#ended = new Promise((resolve) =>
      child.once("exit", (code, by) => resolve({ code, signal: by, ms: performance.now() - startedAt })),
    );
  }

  async start(env: Record<string, string> = {}): Promise<void> {
    this.spawn(env);
    await this.untilReady();
  }

  async untilReady(): Promise<void> {
    const isWorker = this.options.script === "scripts/worker.mjs";
    await until(
      `the start of ${this.url}`,
      async () => {
        if (!this.isRunning) return true;
        if (isWorker) return this.output().includes("The workers are running");
        // The run record is the last thing a start writes; one of a process that was killed may still lie there.
        const record = this.#runRecord();
        return record?.pid === this.pid && (await this.isReady());
      },
      { withinMs: startWithinMs, everyMs: 50 },
    ).catch((error: Error) => {
      throw new Error(`${error.message}\n${this.output()}`);
    });
    if (!this.isRunning) throw new Error(`it ended instead of serving:\n${this.output()}`);
  }

  async isReady(): Promise<boolean> {
    const answer = await fetch(`${this.url}/global/health`, { signal: AbortSignal.timeout(5_000) }).catch(
      () => null,
    );
    return Boolean(answer?.ok && ((await answer.json()) as { ready: boolean }).ready);
  }

  #runRecord(): { pid: number; databaseUrl: string } | null {
    try {
      return JSON.parse(readFileSync(join(this.dataDir, "run.json"), "utf8"));
    } catch {
      return null;
    }
  }

  get databaseUrl(): string {
    const url = this.options.env?.DATABASE_URL ?? this.#runRecord()?.databaseUrl;
    if (!url) throw new Error("there is no run record yet");
    return url;
  }

  async query<Row extends object = Record<string, unknown>>(
    text: string,
    values: unknown[] = [],
  ): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.databaseUrl, options: "-c TimeZone=UTC" });
    await client.connect();
    try {
      return (await client.query(text, values)).rows as Row[];
    } finally {
      await client.end();
    }
  }

  /** Everything it said, over all its starts. */
  output(): string {
    try {
      return readFileSync(this.#logFile, "utf8");
    } catch {
      return "";
    }
  }

  /** The log of the embedded database from `offset` on. */
  databaseLog(offset = 0): string {
    return readFileSync(join(this.dataDir, "postgres.log")).subarray(offset).toString("utf8");
  }

  databaseLogSize(): number {
    return statSync(join(this.dataDir, "postgres.log"), { throwIfNoEntry: false })?.size ?? 0;
  }

  /** The embedded PostgreSQL. */
  postmaster(): number {
    const text = readFileSync(join(this.dataDir, "postgres", "postmaster.pid"), "utf8");
    return Number.parseInt(text, 10);
  }

  signal(name: NodeJS.Signals): void {
    signal(this.pid, name);
  }

  /** SIGTERM and the end of it. */
  async stop(): Promise<Ended> {
    const startedAt = performance.now();
    this.signal("SIGTERM");
    const ended = await until("the end after SIGTERM", () => Promise.race([this.#ended, later()]), {
      withinMs: 40_000,
    });
    return { ...ended, ms: performance.now() - startedAt };
  }

  /** kill -9 of the server's process group. Its PostgreSQL lives on in a session of its own. */
  async killServer(): Promise<void> {
    signal(-this.pid, "SIGKILL");
    await this.#ended;
  }

  /** kill -9 of the server's process group and of PostgreSQL with all it forked, as a power cut would. */
  async killEverything(): Promise<void> {
    const postmaster = this.postmaster();
    signal(-this.pid, "SIGKILL");
    const pids = signalWithChildren(postmaster, "SIGKILL");
    await this.#ended;
    await untilGone(pids);
  }

  /** A file in the secrets folder, as an operator would put one there. */
  writeSecret(name: string, value: string): void {
    mkdirSync(join(this.dataDir, "secrets"), { recursive: true, mode: 0o700 });
    writeFileSync(join(this.dataDir, "secrets", name), `${value}\n`, { mode: 0o600 });
  }

  async dispose(): Promise<void> {
    try {
      if (this.isRunning) await this.stop();
    } finally {
      if (this.isRunning) await this.killServer();
      const left = this.#leftPostmaster();
      if (left) await untilGone(signalWithChildren(left, "SIGKILL"));
      this.#callOffReaper();
      rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
  }

  /** A test that failed half-way may leave one whose server is gone. */
  #leftPostmaster(): number | null {
    try {
      const pid = this.postmaster();
      return isAlive(pid) && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(this.dataDir) ? pid : null;
    } catch {
      return null;
    }
  }
}

const later = (): Promise<null> => new Promise((resolve) => setTimeout(resolve, 20, null));

/** Set by what the test says alone, whatever the shell holds. */
function withoutHostSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own =
    /^(PORT|HOST|DATABASE_URL|NODE_ENV|NODE_OPTIONS|VITEST.*|NEXTAUTH_.*|INCIDENT_MONITOR_.*|TANDEM_.*)$/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !own.test(name))) as NodeJS.ProcessEnv;
}
