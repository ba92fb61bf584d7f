import { type GithubFake, startGithubFake } from "../../fakes/github";
import { type LinearFake, startLinearFake } from "../../fakes/linear";
import { type McpFake, startMcpFake } from "../../fakes/mcp";
import { ticketMapping } from "../../fakes/mcp-ground";
import type { WebhookReceiver } from "../../fakes/webhook-receiver";
import { openReceiver, webhookRow } from "./deliveries";
import type { MonitorProcess } from "./monitor-process";

/** How the other side loses an answer: always after it did what was asked. */
export type Loss = "the connection breaks" | "502 after the write";

/** Kinds whose effects are kept by somebody else; the other two keep theirs in the database. */
export type RemoteKind = "github_issue" | "linear_issue" | "webhook" | "mcp_tool";

const githubToken = "gh-token-of-the-fault-run";
const linearKey = "lin_api_of_the_fault_run";
/** More than a round ever writes. */
const stepCount = 2_000;
/** As fast as the engine goes: what is tried here is what gets lost, not how long a tracker's limits last. */
const pace = { rate_per_minute: 100_000, rate_per_hour: 1_000_000, burst: 1_000, max_concurrency: 3 };
const onThisMachine = { allow_insecure_http: true, allow_private_networks: true };

/** A GitHub, a Linear, an MCP server and a webhook receiver on this machine, and the rows of all six kinds that send there. */
export class SixDestinations {
  private constructor(
    private readonly github: GithubFake,
    private readonly linear: LinearFake,
    private readonly mcp: McpFake,
    readonly receiver: WebhookReceiver,
  ) {}

  static async open(): Promise<SixDestinations> {
    return new SixDestinations(
      await startGithubFake({ tokens: [githubToken] }),
      await startLinearFake({ keys: [linearKey] }),
      await startMcpFake(),
      await openReceiver(),
    );
  }

  /** What the server needs to be started with. */
  static readonly env = {
    TANDEM_FAULT_GITHUB_TOKEN: githubToken,
    TANDEM_FAULT_LINEAR_KEY: linearKey,
    INCIDENT_MONITOR_PRIVATE_NETWORKS: "127.0.0.0/8",
  };

  /** The MCP server is declared and asked for its tools, as an operator does once. */
  async introduce(monitor: MonitorProcess): Promise<void> {
    for (const [method, path, body] of [
      ["PUT", "", { url: this.mcp.url }],
      ["POST", "/inspect", {}],
    ] as const) {
      const answer = await monitor.api.call(method, `/incident-monitor/mcp-servers/tickets${path}`, body);
      if (answer.status !== 200) throw new Error(`MCP server: ${JSON.stringify(answer.body)}`);
    }
  }

  /** Issues of each round go to a repository of their own: the lists that are searched stay as short as a team's. */
  rows(round: number): Array<Record<string, unknown> & { destination_id: string }> {
    const row = (id: string, kind: string, fields: Record<string, unknown> = {}) => ({
      ...{ destination_id: id, name: id, kind },
      ...fields,
    });
    return [
      row(`github-${round}`, "github_issue", {
        repo: `acme/round-${round}`,
        config: {
          ...{ token_ref: "env:TANDEM_FAULT_GITHUB_TOKEN", api_base_url: this.github.apiBaseUrl },
          ...onThisMachine,
          ...pace,
        },
      }),
      row("linear", "linear_issue", {
        ...{ linear_team: "SHOP", linear_project: "Reliability" },
        config: {
          ...{ api_key_ref: "env:TANDEM_FAULT_LINEAR_KEY", api_url: this.linear.url },
          ...onThisMachine,
          ...pace,
        },
      }),
      row("tool", "mcp_tool", {
        ...{ mcp_server: "tickets", mcp_tool: "create_ticket" },
        config: {
          ...{ allow_publish: true, payload: ticketMapping },
          ...{ lookup_tool: "find_ticket", lookup_path: "tickets" },
          ...{ lookup_arguments: { key: "$idempotency_key" } },
          ...pace,
        },
      }),
      webhookRow("hook", this.receiver.url),
      row("records", "telemetry"),
      row("memory", "internal_memory"),
    ];
  }

  /** From now on this share of all writes is done and not answered. `random` gives numbers in [0, 1). */
  lose(random: () => number, share: number, loss: Loss): void {
    const isDrop = loss === "the connection breaks";
    const steps = <Step>(lost: Step, answered: Step) =>
      Array.from({ length: stepCount }, () => (random() < share ? lost : answered));
    const drop = { kind: "drop" } as const;
    const broken = isDrop ? drop : ({ kind: "status", status: 502, writes: true } as const);
    const answered = { kind: "delay", ms: 0 } as const;
    this.github.script("createIssue", ...steps<typeof broken | typeof answered>(broken, answered));
    this.linear.script("Create", ...steps<typeof broken | typeof answered>(broken, answered));
    this.mcp.script(...steps<typeof broken | typeof answered>(broken, answered));
    const unsaid = isDrop ? drop : ({ kind: "status", status: 502 } as const);
    const said = { kind: "status", status: 202 } as const;
    this.receiver.script(...steps<typeof unsaid | typeof said>(unsaid, said));
  }

  loseNothing(): void {
    this.github.script("createIssue");
    this.linear.script("Create");
    this.mcp.script();
    this.receiver.script();
  }

  /** GitHub's lists show what was written only so much later, Linear's only so many reads later. */
  lag({ githubMs, linearReads }: { githubMs: number; linearReads: number }): void {
    this.github.lagListsForMs(githubMs);
    this.linear.lagReads(linearReads);
  }

  /** How many effects each delivery key had, by kind. A webhook's receiver acts once for a key, however often it comes (D-10). */
  effects(): Record<RemoteKind, Map<string, number>> {
    const keys = this.receiver.requests.map((request) => String(request.headers["idempotency-key"]));
    return {
      github_issue: this.github.effects(),
      linear_issue: this.linear.effects(),
      mcp_tool: this.mcp.tickets.effects(),
      webhook: new Map(keys.map((key) => [key, 1])),
    };
  }

  effectCount(): number {
    return Object.values(this.effects()).reduce((sum, each) => sum + each.size, 0);
  }

  async close(): Promise<void> {
    await Promise.all([this.github, this.linear, this.mcp, this.receiver].map((each) => each.close()));
  }
}
