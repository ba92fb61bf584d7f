import { chmodSync, chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { freePort } from "@/lib/testing/free-port";
import { accountForCluster } from "../../../scripts/postgres/account.mjs";
import { locateBinaries, reachableBinaries } from "../../../scripts/postgres/binaries.mjs";
import { initialiseCluster, launchPostgres, waitUntilReady } from "../../../scripts/postgres/cluster.mjs";
import { stopPostmaster } from "../../../scripts/postgres/postmaster.mjs";
import { isAlive, signalWithChildren, startReaper, untilGone } from "./processes";
import { mountSmallDisk, unmount } from "./small-disk";

const password = "fault-suite";
const database = "monitor";

/** A PostgreSQL of our own, for DATABASE_URL: it can be stopped, held and killed while servers use it. */
export class Postgres {
  #pid: number | null = null;
  #isMounted = false;

  private constructor(
    readonly home: string,
    private readonly account: ReturnType<typeof accountForCluster>,
    private readonly binaries: ReturnType<typeof locateBinaries>,
    readonly port: number,
    private readonly callOffReaper: () => void,
  ) {}

  /** Version 15, the oldest supported, where the machine has it; else whatever npm installed. */
  static create(): Promise<Postgres> {
    const home = newHome();
    return Postgres.#createIn(home, startReaper(home));
  }

  /** Running on a file system of its own that is soon full, or why there is none. */
  static async onSmallDisk(): Promise<Postgres | string> {
    const home = newHome();
    const callOffReaper = startReaper(home);
    const impossible = mountSmallDisk(home);
    if (impossible) {
      callOffReaper();
      rmSync(home, { recursive: true, force: true });
      return impossible;
    }
    const made = await Postgres.#createIn(home, callOffReaper);
    made.#isMounted = true;
    await made.start();
    await made.createDatabase();
    return made;
  }

  static async #createIn(home: string, callOffReaper: () => void): Promise<Postgres> {
    const account = accountForCluster(join(home, "cluster"));
    if (account) chownSync(home, account.uid, account.gid);
    const binaries = reachableBinaries(located(), account);
    const made = new Postgres(home, account, binaries, await freePort(), callOffReaper);
    await initialiseCluster(made.#placement, binaries, password, true);
    return made;
  }

  /** Running, with an empty database. */
  static async start(): Promise<Postgres> {
    const made = await Postgres.create();
    await made.start();
    await made.createDatabase();
    return made;
  }

  private createDatabase(): Promise<unknown> {
    return this.#admin((client) => client.query(`CREATE DATABASE ${database}`));
  }

  get #placement() {
    return { cluster: join(this.home, "cluster"), home: this.home, account: this.account };
  }

  get major(): number {
    return this.binaries.major;
  }

  get url(): string {
    return `postgresql://postgres:${password}@127.0.0.1:${this.port}/${database}`;
  }

  async start(): Promise<void> {
    const launched = await launchPostgres(this.#placement, this.binaries, this.port, true);
    this.#pid = launched.pid ?? null;
    await waitUntilReady(() => this.#admin(async () => {}), launched.failure, 60_000);
  }

  async #admin<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({
      connectionString: this.url.replace(/\/[^/]*$/, "/postgres"),
      connectionTimeoutMillis: 5_000,
    });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  get isRunning(): boolean {
    return this.#pid !== null && isAlive(this.#pid);
  }

  get #running(): number {
    if (!this.#pid) throw new Error("this PostgreSQL is not running");
    return this.#pid;
  }

  /** As an administrator would: open transactions roll back. */
  async stop(): Promise<void> {
    await stopPostmaster(this.#running);
    this.#pid = null;
  }

  /** kill -9 of the server and all it forked. */
  async kill(): Promise<void> {
    const pids = signalWithChildren(this.#running, "SIGKILL");
    this.#pid = null;
    await untilGone(pids);
  }

  /** Every one of its processes stands still: connections stay open and nothing is answered. */
  hold(): void {
    signalWithChildren(this.#running, "SIGSTOP");
  }

  release(): void {
    signalWithChildren(this.#running, "SIGCONT");
  }

  async dispose(): Promise<void> {
    if (this.#pid && isAlive(this.#pid)) await this.kill();
    this.callOffReaper();
    if (this.#isMounted) unmount(this.home);
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), "incident-monitor-fault-pg-"));
  chmodSync(home, 0o711);
  return home;
}

function located(): ReturnType<typeof locateBinaries> {
  try {
    return locateBinaries(15);
  } catch {
    return locateBinaries();
  }
}
