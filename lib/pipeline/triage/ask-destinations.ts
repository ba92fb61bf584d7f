import type { Database } from "@/lib/db/client";
import { type DestinationHealth, readDestinationHealth } from "@/lib/db/destination-health-store";
import { returnSends, takeSends } from "@/lib/db/destination-pace-store";
import { findOwnIssue } from "@/lib/db/issue-store";
import type { IssueTracker } from "@/lib/destinations/destination";
import { adapterFor } from "@/lib/destinations/registry";
import { isPaced, type Pace, paceOf } from "@/lib/domain/delivery-pace";
import { filedIssues, lookObstacle } from "@/lib/domain/filed-before";
import type { FoundIssue } from "@/lib/domain/found-issue";
import { type Asking, readAsking } from "@/lib/domain/model-settings";
import { type Reason, reason } from "@/lib/domain/reason";
import { findProject } from "@/lib/domain/source-binding";
import type { FiledBefore, FiledIssue, TriageLimits } from "@/lib/domain/triage";
import { oneLine } from "@/lib/domain/triage-words";
import { logger } from "@/lib/logger";
import { redactText } from "@/lib/redaction/redact-text";
import { readMcpServersFor } from "../mcp/read-mcp-servers";
import { commentsOnOpen, hasIssues } from "../publishing/deliver";
import { type PublicationTarget, preparePublication } from "../publishing/prepare-publication";
import { redactingOf } from "./make-artifact";
import type { PhaseGround } from "./phase-work";

/** Destinations that are asked for one run, and the longest that any of them is waited for. */
const destinationMax = 5;
const lookMsMax = 8_000;
/** Of the phase's time: what is left is for the answer to be kept. */
const lookShare = 0.25;

/**
 * Asks the issue destinations that a draft goes to whether its failure was filed there before: reads only, at once, within a
 * short time, by the pace they are sent to. What cannot be asked says why and stops nothing. null where triage is told to
 * ask nobody.
 */
export async function askDestinations(
  ground: PhaseGround,
  limits: TriageLimits,
): Promise<FiledBefore[] | null> {
  const { ctx, config, draft } = ground;
  const { projectId } = draft.content;
  const project = projectId ? findProject(config, projectId) : null;
  const asking = readAsking(project?.modelPolicy, config.modelPolicy);
  if (asking === "off") return null;
  const [publication, health] = await Promise.all([
    preparePublication(ctx, draft),
    readDestinationHealth(ctx.db),
  ]);
  const trackers = publication.targets.flatMap((target) => {
    const adapter = adapterFor(target.destination.kind);
    return target.effective && hasIssues(adapter) ? [{ target, issues: adapter.issues }] : [];
  });
  return Promise.all(
    trackers.slice(0, destinationMax).map(async ({ target, issues }): Promise<FiledBefore> => {
      const { destinationId, kind } = target.destination;
      const looked = await lookWithin(ground, { target, issues, asking }, health.get(destinationId), limits);
      return {
        ...{ destinationId, kind, asked: asking },
        targetRef: target.payload?.content.targetRef ?? null,
        commentsOnOpen: commentsOnOpen(config, projectId),
        notAsked: "issues" in looked ? null : { code: looked.code, message: oneLine(looked.message, 500) },
        issues: "issues" in looked ? looked.issues : [],
      };
    }),
  );
}

type Look = { target: PublicationTarget; issues: IssueTracker; asking: Exclude<Asking, "off"> };
type Looked = { issues: FiledIssue[] } | Reason;

/** Never throws and never outlasts its time, whatever the other side does. */
async function lookWithin(
  ground: PhaseGround,
  look: Look,
  health: DestinationHealth | undefined,
  limits: TriageLimits,
): Promise<Looked> {
  const timeMs = Math.round(Math.min(lookMsMax, limits.deadlineMs * lookShare));
  const timeUp = AbortSignal.timeout(timeMs);
  const signal = AbortSignal.any([limits.signal, timeUp]);
  const stopped = new Promise<Reason>((resolve) => {
    const say = () => resolve(tooSlow(timeMs));
    if (signal.aborted) say();
    else signal.addEventListener("abort", say, { once: true });
  });
  const looking = lookAt(ground, look, health, { signal, roomMs: timeMs / 2 }).catch((error: unknown) => {
    const { destinationId } = look.target.destination;
    logger.error({ err: error, runId: ground.run.runId, destinationId }, "a destination could not be asked");
    return reason("look_failed", "Asking failed; the server's log says how");
  });
  const looked = await Promise.race([looking, stopped]);
  // Cut off by us, an adapter may say that its connection broke: it was the time.
  return !("issues" in looked) && timeUp.aborted ? tooSlow(timeMs) : looked;
}

const tooSlow = (ms: number): Reason =>
  reason("look_timed_out", `It did not answer within ${(ms / 1_000).toFixed(1)} s`);

async function lookAt(
  { ctx, draft, config }: PhaseGround,
  { target, issues, asking }: Look,
  health: DestinationHealth | undefined,
  { signal, roomMs }: { signal: AbortSignal; roomMs: number },
): Promise<Looked> {
  const { destination, payload, readiness } = target;
  const obstacle = lookObstacle({
    missing: readiness.missing,
    circuit: health?.circuit ?? "closed",
    pausedUntilMs: health?.pausedUntilMs ?? null,
    nowMs: ctx.nowMs,
  });
  if (obstacle) return obstacle;
  if (!payload) return target.renderError ?? reason("kind_not_available", "It cannot be asked");
  const pace = paceOf(destination);
  if (isPaced(pace) && !(await waitForRoom(ctx, destination.destinationId, pace, roomMs))) {
    return reason("pace_used_up", "Its pace leaves no room beside what is to be sent there");
  }
  const mcpServers = await readMcpServersFor(ctx, [destination]);
  const context = { ...ctx.services, nowMs: ctx.nowMs, mcpServers, signal };
  const { targetRef } = payload.content;
  const place = { incidentId: draft.incidentId, destinationId: destination.destinationId, targetRef };
  const ours = await findOwnIssue(ctx.db, { ...place, exceptDeliveryId: "" });
  const own = ours ? await issues.look(destination, ours.issueExternalId, context) : null;
  if (own?.outcome === "unknown") return own.reason;
  // The envelope is one of a delivery that never is: only the failure's own marker can be found.
  const envelope = { deliveryId: "triage", idempotencyKey: "0".repeat(64), createdAtMs: ctx.nowMs };
  const body = adapterFor(destination.kind).seal(payload.content, envelope);
  const request = { body, targetRef, idempotencyKey: envelope.idempotencyKey };
  const found = await issues.find(destination, { ...request, markersOnly: asking === "markers" }, context);
  if (found.outcome === "unknown") return found.reason;
  const { profile } = redactingOf(config, draft);
  // Redacted before it is cut: half a secret is still one.
  const safe = (issue: FoundIssue) => ({ ...issue, title: redactText(issue.title, profile).text });
  return {
    issues: filedIssues({
      own: own?.outcome === "there" ? safe(own.issue) : null,
      matches: found.outcome === "found" ? found.matches.map(safe) : [],
      suggestions: found.suggestions.map(safe),
    }),
  };
}

/** Runs come in bursts: room is waited for a little, by the run's own clock. */
async function waitForRoom(
  { db, nowMs }: PhaseGround["ctx"],
  destinationId: string,
  pace: Pace,
  roomMs: number,
): Promise<boolean> {
  const started = performance.now();
  const refillMs = Math.min(1 / (pace.minute?.perMs ?? 1), roomMs / 3);
  for (;;) {
    const passedMs = performance.now() - started;
    if (await takeRoom(db, destinationId, pace, Math.round(nowMs + passedMs))) return true;
    if (passedMs + refillMs > roomMs) return false;
    await new Promise((resume) => setTimeout(resume, refillMs));
  }
}

/** One of what may be sent there now, and never the last: what was approved goes first. */
async function takeRoom(db: Database, destinationId: string, pace: Pace, nowMs: number): Promise<boolean> {
  const holds = Math.min(pace.minute?.capacity ?? 2, pace.hour?.capacity ?? 2);
  const want = holds < 2 ? 1 : 2;
  const granted = await takeSends(db, destinationId, pace, want, nowMs);
  const isEnough = granted === want;
  await returnSends(db, destinationId, isEnough ? granted - 1 : granted);
  return isEnough;
}
