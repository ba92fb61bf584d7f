import { pinConfig } from "@/lib/db/config-store";
import { admitPeople, type InSandbox } from "@/lib/db/sandbox";
import type { UserActor } from "@/lib/domain/actor";
import type { MonitorConfig } from "@/lib/domain/config";
import type { AcceptedRecord } from "@/lib/domain/records";
import type { FailureReport } from "@/lib/domain/report";
import type { Scenario, ScenarioObservation, ScenarioRoutePreview } from "@/lib/domain/scenario";
import {
  bareReport,
  type ScenarioGround,
  scenarioGround,
  scenarioReport,
} from "@/lib/domain/scenario-ground";
import { injectionChanges, stage } from "@/lib/domain/scenario-judge";
import { newId } from "@/lib/ids";
import type { Context } from "../context";
import { denyDraft } from "../drafts/deny-draft";
import { requireDraft } from "../drafts/require-draft";
import { AppError } from "../errors";
import { acceptReports } from "../intake/accept-reports";
import { preparePublication } from "../publishing/prepare-publication";
import { closedServices } from "./closed-services";
import { tryAsAgent, tryToPublish } from "./try-gates";

/** Everything that one play needs: who acts in it, on which ground, and where its verbs write. */
export type Play = {
  scenario: Scenario;
  ground: ScenarioGround;
  /** A context of the sandbox for each who acts in it. */
  reporter: Context;
  person: Context;
  people: Context[];
  agent: Context;
  serial: string;
  observed: ScenarioObservation;
};

/**
 * Sends one scenario through the real verbs (report, group, draft, deny, route, approve, publish) in a sandbox, and
 * says what they did. Leaves no row, message, count or call behind, however it ends.
 */
export async function playScenario(
  ctx: Context,
  scenario: Scenario,
  live: MonitorConfig,
  inSandbox: InSandbox,
): Promise<ScenarioObservation> {
  const observed = nothingSeen();
  const { services, calls } = closedServices(ctx.services);
  try {
    await inSandbox(async (db) => {
      const serial = newId.scenarioRun();
      const ground = scenarioGround(live, scenario, { projectId: serial, nowMs: ctx.nowMs });
      pinConfig(db, ground.config);
      const people = [1, 2, 3, 4, 5].map((each) => approver(`${serial}-${each}`, ctx.nowMs));
      await admitPeople(db, people);
      const as = (actor: Context["actor"]): Context => ({ ...ctx, db, services, actor, requestId: null });
      const [first, ...rest] = people.map(as);
      if (!first) throw new Error("a play needs a person");
      await walk({
        ...{ scenario, ground, serial, observed, person: first, people: rest },
        reporter: as(reporterOf(scenario, ground, serial)),
        agent: as({ kind: "agent", tokenId: `${serial}-agent`, name: "scenario agent", scopes: [] }),
      });
    });
  } catch (error) {
    observed.error = error instanceof AppError ? error.reason : "scenario_error";
  }
  observed.outboundCalls = calls();
  return observed;
}

async function walk(play: Play): Promise<void> {
  const { scenario, observed } = play;
  const { input, expect } = scenario;
  if (play.ground.claimedProjectId !== null) await forgePlace(play, play.ground.claimedProjectId);
  if (expect.gateRefusesBare !== undefined) await sendBare(play);
  const plain = input.promptInjection ? await send(play, "plain", false) : null;
  const taken = await send(play, "told", true);
  if (!taken?.draft) return;
  observed.stages.push(
    stage(
      "draft",
      "passed",
      taken.outcome,
      `A draft was made of it, at risk ${taken.draft.content.riskLevel}.`,
    ),
  );
  const { attributes } = taken.draft.content;
  observed.claimsDropped = play.ground.claimedProjectId === null ? null : dropsClaims(play, attributes);
  const draftId = input.deniedBefore ? await denyAndRepeat(play, taken.draft.draftId) : taken.draft.draftId;
  const told = await look(play, draftId);
  observed.preview = told.preview;
  observed.stages.push(routeStage(told.preview));
  if (plain?.draft)
    observed.injectionChanged = injectionChanges(
      (await look(play, plain.draft.draftId)).compared,
      told.compared,
    );
  if (expect.agentRefused !== undefined) observed.agentRefused = await tryAsAgent(play, draftId);
  await tryToPublish(play, draftId, told.preview);
}

/** The report under the place that it claims: a key may only report for its own project. */
async function forgePlace(play: Play, claimedProjectId: string): Promise<void> {
  const report = scenarioReport(play.scenario.input, `${play.serial}:forged`, true);
  const path = { kind: "bound", projectId: claimedProjectId, sourceId: null } as const;
  const [answer] = await acceptReports(play.reporter, { reports: [{ path, report, idempotency: null }] });
  play.observed.intakeRefused = answer !== undefined && !answer.ok;
  play.observed.stages.push(
    answer && !answer.ok
      ? stage(
          "intake",
          "stopped",
          reasonOf(answer.error),
          "Intake refused it under the project that it claims.",
        )
      : stage("intake", "passed", "accepted", "Intake took it under the project that it claims."),
  );
}

async function sendBare(play: Play): Promise<void> {
  const accepted = await report(play, bareReport(play.scenario.input, `${play.serial}:bare`));
  play.observed.gateRefusedBare = accepted !== null && accepted.draft === null;
  play.observed.stages.push(
    accepted?.draft
      ? stage("intake", "passed", "drafted", "The quality gate let it through without evidence.")
      : stage("intake", "stopped", "quality_gate_blocked", "The quality gate kept it out without evidence."),
  );
}

/** The scenario's own report, by the way it says. null: intake refused it, and the play ends there. */
async function send(play: Play, name: string, injected: boolean): Promise<AcceptedRecord | null> {
  const accepted = await report(
    play,
    scenarioReport(play.scenario.input, `${play.serial}:${name}`, injected),
  );
  if (!injected) return accepted;
  if (accepted?.draft) {
    play.observed.intakeRefused ??= false;
    play.observed.stages.push(stage("intake", "passed", accepted.outcome, wayWords(play)));
    return accepted;
  }
  if (accepted) {
    play.observed.stages.push(
      stage("intake", "stopped", "quality_gate_blocked", "The quality gate kept it from becoming a draft."),
    );
  }
  play.observed.intakeRefused = true;
  return null;
}

async function report(play: Play, failure: FailureReport): Promise<AcceptedRecord | null> {
  const { ground, reporter, scenario } = play;
  const path =
    scenario.input.arrivesBy === "manual_report"
      ? ({ kind: "unbound", provenance: "report" } as const)
      : ({ kind: "bound", projectId: ground.projectId, sourceId: ground.sourceId } as const);
  const [answer] = await acceptReports(reporter, { reports: [{ path, report: failure, idempotency: null }] });
  if (answer?.ok) return answer.accepted;
  const code = reasonOf(answer?.error);
  play.observed.stages.push(stage("intake", "stopped", code, "Intake refused it."));
  return null;
}

/** A person denies it, then it comes again: the answer is the draft that is still denied. */
async function denyAndRepeat(play: Play, draftId: string): Promise<string> {
  const { observed, person } = play;
  try {
    await denyDraft(person, { draftId, reason: "Denied by the scenario" });
  } catch (error) {
    // Where nothing asks for approval there is nothing to deny.
    if (!(error instanceof AppError)) throw error;
    observed.denialStood = false;
    observed.stages.push(stage("draft", "passed", error.reason, "Nothing was there to be denied."));
    return draftId;
  }
  const again = await report(play, scenarioReport(play.scenario.input, `${play.serial}:told`, true));
  const draft = again?.draft ?? null;
  observed.denialStood = draft?.approval === "denied";
  observed.stages.push(
    observed.denialStood
      ? stage("draft", "stopped", "draft_denied", "It was denied, came again, and is still denied.")
      : stage(
          "draft",
          "passed",
          again?.outcome ?? "refused",
          "It was denied, came again, and is open again.",
        ),
  );
  return draft?.draftId ?? draftId;
}

/** What publishing it would be, as review, approval and publishing read it. */
async function look(play: Play, draftId: string) {
  const { person, scenario } = play;
  const draft = await requireDraft(person, draftId, "read");
  const { decision } = await preparePublication(person, draft, scenario.input.requestedDestinationIds);
  const { approval, blocked, effectiveDestinationIds: effective } = decision;
  const preview: ScenarioRoutePreview = {
    requestedDestinationIds: [...scenario.input.requestedDestinationIds],
    effectiveDestinationIds: effective,
    approvalRequired: approval.required,
    approvalCount: approval.count,
    approvalReasons: approval.because.map((each) => each.message),
    blocked: blocked.length > 0,
    blockedReasons: blocked.map((each) => each.message),
    routeId: decision.winner.routeId,
  };
  const { expectedDestination, routeTags, sourceApprovalPolicy } = draft.content;
  return {
    preview,
    compared: {
      destinations: effective,
      approval: { required: approval.required, count: approval.count },
      risk: decision.riskLevel,
      blocked: blocked.map((each) => each.code),
      routing: { expectedDestination, tags: routeTags, policy: sourceApprovalPolicy },
    },
  };
}

function routeStage(preview: ScenarioRoutePreview) {
  if (preview.blocked)
    return stage("route", "stopped", "blocked", `Blocked: ${preview.blockedReasons.join("; ")}.`);
  const to = preview.effectiveDestinationIds.join(", ");
  return stage("route", "passed", preview.routeId ?? "default_destination", `Routed to ${to}.`);
}

function dropsClaims(play: Play, attributes: { tenantId?: string; workspaceId?: string }): boolean {
  const { tenantId, workspaceId } = play.scenario.input;
  const holds = (claimed: string | undefined, kept: string | undefined) =>
    claimed !== undefined && claimed === kept;
  return !holds(tenantId, attributes.tenantId) && !holds(workspaceId, attributes.workspaceId);
}

const wayWords = ({ scenario, ground }: Play): string =>
  scenario.input.arrivesBy === "manual_report"
    ? "Intake took it as a report by hand."
    : `Intake took it, bound to ${ground.claimedProjectId === null ? "its project" : "the key's own project"}.`;

const reasonOf = (error: unknown): string => (error instanceof AppError ? error.reason : "intake_error");

/** By hand it is a person who reports, else a key of the project that the report really comes from. */
function reporterOf({ input }: Scenario, ground: ScenarioGround, serial: string): Context["actor"] {
  if (input.arrivesBy === "manual_report")
    return { kind: "token", tokenId: `${serial}-token`, name: "scenario", tokenKind: "service", scopes: [] };
  return {
    ...{ kind: "intakeKey", keyId: `${serial}-key`, name: "scenario key" },
    projectId: ground.projectId,
    sourceIds: [],
  };
}

const approver = (userId: string, nowMs: number): UserActor => ({
  ...{ kind: "user", userId, name: "Scenario approver", email: `${userId}@scenario.invalid` },
  ...{ role: "approver", projectRoles: {}, sessionId: userId, stepUpAtMs: nowMs },
});

/** Of what was never played. */
export const nothingSeen = (): ScenarioObservation => ({
  ...{ stages: [], preview: null, intakeRefused: null, claimsDropped: null, queued: null },
  ...{ injectionChanged: null, gateRefusedBare: null, denialStood: null, agentRefused: null },
  ...{ outboundCalls: 0, error: null },
});
