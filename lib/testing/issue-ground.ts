import { type GithubFake, startGithubFake } from "@/e2e/fakes/github";
import { type Database, openDatabase } from "@/lib/db/client";
import { completeDeliveries } from "@/lib/db/completion-store";
import { loadConfig } from "@/lib/db/config-store";
import { claimDueDeliveries } from "@/lib/db/delivery-store";
import type { Actor } from "@/lib/domain/actor";
import type { Destination } from "@/lib/domain/config";
import type { FailureReport } from "@/lib/domain/report";
import { createSafeFetch } from "@/lib/net/safe-fetch";
import type { Services } from "@/lib/pipeline/context";
import { acceptReport } from "@/lib/pipeline/intake/accept-report";
import { deliver, retryLapsedKinds } from "@/lib/pipeline/publishing/deliver";
import { followUpIssues, type LeftAlone } from "@/lib/pipeline/publishing/follow-up-issues";
import { publishDraft } from "@/lib/pipeline/publishing/publish-draft";
import { reconcileDeliveries } from "@/lib/pipeline/publishing/reconcile-deliveries";
import { patchConfig } from "@/lib/pipeline/settings/patch-config";
import { actors, testContext } from "./context";
import { createTestDatabase } from "./database";
import { aProposal } from "./proposals";
import { aConfigPatch, aReport } from "./reports";

const token = "gh-token";

/** A database, a GitHub that misbehaves by script, a clock that tests move, and workers that they turn by hand. */
export async function createIssueGround(
  settings: { destination?: Partial<Destination>; requireApproval?: boolean } = {},
) {
  const database = await createTestDatabase();
  const db: Database = openDatabase(database.url);
  const github: GithubFake = await startGithubFake({ tokens: [token] });
  const fetch = createSafeFetch();
  const clock = { nowMs: Date.now() };
  const resolveSecret: Services["resolveSecret"] = () => ({ ok: true, values: [token] });
  const as = (actor: Actor = actors.admin()) =>
    testContext(db, actor, { nowMs: clock.nowMs, services: { fetch, resolveSecret } });
  const destination: Partial<Destination> & Pick<Destination, "destinationId" | "name" | "kind"> = {
    ...{ destinationId: "github", name: "GitHub", kind: "github_issue", repo: "example/tracker" },
    config: {
      ...{ token_ref: "env:TANDEM_GITHUB_TOKEN", api_base_url: github.apiBaseUrl, timeout_ms: 2_000 },
      ...{ allow_insecure_http: true, allow_private_networks: true },
    },
    ...settings.destination,
  };
  const configure = (extra = {}) =>
    patchConfig(as(), {
      patch: aConfigPatch({
        ...{ destinations: [destination], defaultDestinationIds: ["github"] },
        requireApprovalForNewIssues: settings.requireApproval ?? false,
        autoCommentOnMatchedOpenIssues: true,
        ...extra,
      }),
    });
  await configure();

  /** A draft that triage has proposed, so that it may be filed; `proposed: false`: one that nobody looked into. */
  async function report(fields: Partial<FailureReport> = {}, { proposed = true } = {}): Promise<string> {
    const { draft } = await acceptReport(as(), aReport({ riskLevel: "low", ...fields }));
    if (!draft) throw new Error("no draft");
    if (proposed) await aProposal(db, draft);
    return draft.draftId;
  }

  /** One turn of the worker that delivers. `dies`: it sends and ends before it can write what came of it. */
  async function turn(options: { dies?: boolean } = {}) {
    const worker = `w-${clock.nowMs}-${Math.random()}`;
    const claimed = await claimDueDeliveries(db, {
      ...{ worker, limit: 96, perDestination: 96, busyDestinations: [], leaseMs: 45_000 },
      ...{ nowMs: clock.nowMs, heldProjects: [], retryLapsedKinds },
    });
    const grounds = { config: await loadConfig(db), health: new Map() };
    const system = as(actors.system("deliveries"));
    const ends = await Promise.all(
      claimed.map((delivery) => deliver(system, { delivery, worker, ...grounds })),
    );
    if (!options.dies) await completeDeliveries(db, ends, new Date(clock.nowMs));
    return ends;
  }

  return {
    ...{ db, github, clock, as, report, turn, configure },
    publish: (draftId: string) => publishDraft(as(), { draftId, destinationIds: [] }),
    reconcile: () => reconcileDeliveries(as(actors.system("reconcile"))),
    followUp: (left?: LeftAlone) => followUpIssues(as(actors.system("follow-ups")), left),
    deliveries: (draftId: string) =>
      db.prisma.delivery.findMany({
        where: { draftId },
        orderBy: { createdAt: "asc" },
        include: { receipt: true },
      }),
    issues: () => github.repository("example/tracker").issues,
    audits: (action: string) =>
      db.prisma.auditEntry.findMany({ where: { action: `incident_monitor.${action}` } }),
    close: async () => {
      await github.close();
      await fetch.destroy();
      await db.close();
      await database.drop();
    },
  };
}

export type IssueGround = Awaited<ReturnType<typeof createIssueGround>>;
