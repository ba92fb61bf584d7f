import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { GithubActs } from "./github-acts";
import {
  type GithubAnswer,
  type GithubCall,
  type GithubOperation,
  type GithubStep,
  primaryLimit,
  readCall,
  secondaryLimit,
} from "./github-calls";
import { addIssue, type FakeIssue, type FakeRepository, type NewIssue } from "./github-records";
import { type FakeApp, FakeSignIn } from "./github-sign-in";

export type { GithubOperation, GithubStep } from "./github-calls";

export type GithubRequestSeen = {
  operation: GithubOperation | "unknown";
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
  body: Record<string, unknown>;
};

export type GithubFakeOptions = {
  /** Tokens of people that are accepted. */
  tokens?: readonly string[];
  apps?: readonly FakeApp[];
  /** Before every path, as on an Enterprise Server: `/api/v3`. */
  basePath?: string;
  /** Repositories there are; without it every repository asked for comes into being. */
  repositories?: Readonly<Record<string, Partial<FakeRepository>>>;
  /** How far GitHub's clock is ahead of this machine's. */
  clockAheadMs?: number;
  port?: number;
};

export type GithubFake = {
  apiBaseUrl: string;
  webOrigin: string;
  port: number;
  requests: GithubRequestSeen[];
  readonly connectionCount: number;
  /** Installation tokens given out so far. */
  readonly tokenCount: number;
  repository: (slug: string) => FakeRepository;
  /** Puts an issue there, as if somebody had made it. */
  addIssue: (slug: string, issue: NewIssue) => FakeIssue;
  /** The next requests of this operation get these steps, in order; replaces what was scripted for it before. */
  script: (operation: GithubOperation, ...steps: GithubStep[]) => void;
  /** Lists show an issue only this many list requests after it was made. */
  lagLists: (reads: number) => void;
  /** Lists show an issue only so long after it was made. */
  lagListsForMs: (ms: number) => void;
  revokeInstallationTokens: () => void;
  /** Issues and comments that carry this delivery's key: more than one is a duplicate. */
  effectCount: (deliveryKey: string) => number;
  /** The same for every key there is. */
  effects: () => Map<string, number>;
  /** Resolves when the next request of this operation has been read in full. */
  waitFor: (operation: GithubOperation) => Promise<void>;
  close: () => Promise<void>;
};

/** GitHub's REST API on this machine, as far as issues need it: it keeps what it is given and misbehaves by script. */
export async function startGithubFake(options: GithubFakeOptions = {}): Promise<GithubFake> {
  const fake = new FakeServer(options);
  await fake.listen(options.port ?? 0);
  return {
    apiBaseUrl: fake.apiBaseUrl,
    webOrigin: fake.webOrigin,
    port: fake.port,
    requests: fake.requests,
    get connectionCount() {
      return fake.connectionCount;
    },
    get tokenCount() {
      return fake.signIn.issuedCount;
    },
    repository: (slug) => fake.acts.requireRepository(slug),
    addIssue: (slug, issue) => addIssue(fake.acts.requireRepository(slug), issue, fake.nowMs()),
    script: (operation, ...steps) => fake.steps.set(operation, steps),
    lagLists: (reads) => {
      fake.acts.lag = reads;
    },
    lagListsForMs: (ms) => {
      fake.acts.lagMs = ms;
    },
    revokeInstallationTokens: () => fake.signIn.revokeIssued(),
    effectCount: (key) => fake.acts.effects().get(key) ?? 0,
    effects: () => fake.acts.effects(),
    waitFor: (operation) => new Promise((resolve) => fake.waiting.push({ operation, resolve })),
    close: () => fake.close(),
  };
}

class FakeServer {
  readonly requests: GithubRequestSeen[] = [];
  readonly steps = new Map<GithubOperation, GithubStep[]>();
  readonly signIn: FakeSignIn;
  readonly acts: GithubActs;
  connectionCount = 0;
  waiting: Array<{ operation: GithubOperation; resolve: () => void }> = [];
  port = 0;
  #sockets = new Set<Socket>();
  #timers = new Set<NodeJS.Timeout>();
  #server = createServer((request, response) => this.#read(request, response));

  constructor(private readonly options: GithubFakeOptions) {
    this.signIn = new FakeSignIn(options.tokens ?? ["gh-token"], options.apps ?? []);
    this.acts = new GithubActs(this.signIn, options.repositories, () => this.nowMs());
    this.#server.on("connection", (socket: Socket) => {
      this.connectionCount += 1;
      this.#sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => this.#sockets.delete(socket));
    });
  }

  get webOrigin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get apiBaseUrl(): string {
    return `${this.webOrigin}${this.options.basePath ?? ""}`;
  }

  nowMs(): number {
    return Date.now() + (this.options.clockAheadMs ?? 0);
  }

  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, "127.0.0.1", () => {
        this.port = (this.#server.address() as AddressInfo).port;
        this.acts.webOrigin = this.webOrigin;
        this.acts.apiBaseUrl = this.apiBaseUrl;
        resolve();
      });
    });
  }

  close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #read(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on("error", () => {});
    response.on("error", () => {});
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const text = Buffer.concat(chunks).toString("utf8");
      const body = text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
      const call = this.#callOf(request);
      const { method = "", url: path = "", headers } = request;
      this.requests.push({ operation: call?.operation ?? "unknown", method, path, headers, body });
      if (call) this.#treat(call, body, request, response);
      else this.#send(response, { status: 404, body: { message: "Not Found" } });
      const done = this.waiting.filter((each) => each.operation === call?.operation);
      this.waiting = this.waiting.filter((each) => !done.includes(each));
      for (const each of done) each.resolve();
    });
  }

  #callOf({ method = "", url: path = "/" }: IncomingMessage): GithubCall | null {
    const { pathname, searchParams } = new URL(path, this.webOrigin);
    const { basePath = "" } = this.options;
    if (!pathname.startsWith(`${basePath}/`)) return null;
    return readCall(method, pathname.slice(basePath.length), searchParams);
  }

  #treat(
    call: GithubCall,
    body: Record<string, unknown>,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    const authorization = request.headers.authorization ?? "";
    const step = this.steps.get(call.operation)?.shift();
    const act = () => this.acts.act(call, body, authorization);
    switch (step?.kind) {
      case undefined:
        return this.#send(response, act());
      case "drop":
        if (step.writes !== false) act();
        request.socket.destroy();
        return;
      case "delay": {
        const answer = act();
        this.#timers.add(setTimeout(() => this.#send(response, answer), step.ms));
        return;
      }
      case "status":
        if (step.writes) act();
        return this.#send(response, { status: step.status, body: step.body ?? {}, headers: step.headers });
      case "secondaryLimit":
        return this.#send(response, secondaryLimit(step.retryAfterS));
      case "primaryLimit":
        return this.#send(response, primaryLimit(Math.ceil(this.nowMs() / 1_000) + step.resetInS));
      case "duplicatePage":
        call.query.set("page", String(Math.max(1, Number(call.query.get("page") ?? "1") - 1)));
        return this.#send(response, act());
      case "malformed":
      case "huge":
      case "drip":
        return this.#sendUnreadable(response, act(), step);
    }
  }

  #send(response: ServerResponse, answer: GithubAnswer): void {
    this.#head(response, answer);
    response.end(answer.body === undefined ? "" : JSON.stringify(answer.body));
  }

  #head(response: ServerResponse, { status, headers }: GithubAnswer): void {
    response.writeHead(status, {
      "content-type": "application/json; charset=utf-8",
      date: new Date(this.nowMs()).toUTCString(),
      "x-ratelimit-limit": "5000",
      "x-ratelimit-remaining": "4999",
      "x-ratelimit-reset": String(Math.ceil(this.nowMs() / 1_000) + 3_600),
      ...headers,
    });
  }

  #sendUnreadable(
    response: ServerResponse,
    answer: GithubAnswer,
    step: Extract<GithubStep, { kind: "malformed" | "huge" | "drip" }>,
  ): void {
    const { location, ...headers } = answer.headers ?? {};
    this.#head(response, { ...answer, headers: step.noLocation || !location ? headers : { location } });
    if (step.kind === "malformed") response.end('{"number": ');
    else if (step.kind === "huge") response.end(Buffer.alloc(step.bytes, " "));
    else {
      const timer = setInterval(() => response.write(" "), step.intervalMs);
      this.#timers.add(timer);
      response.once("close", () => clearInterval(timer));
    }
  }
}
