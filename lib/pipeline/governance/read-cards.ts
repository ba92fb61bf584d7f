import { listCardIncidents, listNewestCardVersions, listOwnIncidents } from "@/lib/db/card-metadata-store";
import { listProbeRunRecords } from "@/lib/db/probe-run-store";
import { listScenarioRunRecords } from "@/lib/db/scenario-store";
import { sha256Hex } from "@/lib/digest";
import type { AuthorityInventory } from "@/lib/domain/authority-inventory";
import type { MonitoredSourceRow } from "@/lib/domain/authority-topology";
import type { CardMetadata } from "@/lib/domain/card-metadata";
import { monitorCardId, sourceCardId } from "@/lib/domain/card-subject";
import type { SafetyDefaults } from "@/lib/domain/config";
import {
  type CardFinding,
  cardFindings,
  cardOfObject,
  type DeploymentCard,
  deploymentCards,
  type EvidencePackRef,
} from "@/lib/domain/deployment-card";
import { decidePermission, readableProjects } from "@/lib/domain/permission";
import type { PostureFinding } from "@/lib/domain/posture-finding";
import { type ScheduleRow, scopesOf } from "@/lib/domain/reassessment";
import type { Context } from "../context";
import { readConfig } from "../settings/get-config";
import { getPosture } from "./get-posture";
import { readSchedule } from "./list-reassessments";
import { redactCardMetadata } from "./redact-card-metadata";

export type GivenMetadata = { defaults: CardMetadata | null; metadata: ReadonlyMap<string, CardMetadata> };
export const nothingGiven: GivenMetadata = { defaults: null, metadata: new Map() };

export type Cards = {
  generatedAtMs: number;
  inventory: AuthorityInventory;
  cards: DeploymentCard[];
  findings: CardFinding[];
  schedule: ScheduleRow[];
  posture: PostureFinding[];
  /** Ids under which metadata was sent along or is stored, sorted. */
  metadataIds: string[];
};

/** Linked records of each kind on a card at most. */
const linksMax = 10;
const probeRunsLooked = 20;
/** What intake calls the source of a report with a key that names none. */
const unnamedSource = "external";

/** The cards of everything the actor may see, with what stands against each. Reads alone. @throws AppError forbidden */
export async function readCards(ctx: Context, given: GivenMetadata): Promise<Cards> {
  const projects = readableProjects(ctx.actor);
  const { inventory, findings: postureFindings } = await getPosture(ctx, {});
  const sources = inventory.inventory.monitoredSources;
  const [config, versions, ofSources, own, evidencePacks] = await Promise.all([
    readConfig(ctx),
    listNewestCardVersions(ctx.db, projects),
    listCardIncidents(ctx.db, sources.flatMap(incidentPlaces), linksMax),
    projects === null ? listOwnIncidents(ctx.db, linksMax) : [],
    readEvidencePacks(ctx),
  ]);
  const incidents = new Map<string, string[]>([[monitorCardId, own]]);
  for (const { cardId, incidentId } of ofSources) {
    incidents.set(cardId, [...(incidents.get(cardId) ?? []), incidentId].slice(0, linksMax));
  }
  const stored = new Map(versions.map((each) => [each.cardId, each]));
  const clean = await redactGiven(given, config.safetyDefaults);
  const ground = { inventory, stored, given: clean, postureFindings, incidents, evidencePacks };
  const cards = deploymentCards({ ...ground, nowMs: ctx.nowMs });
  const visible = new Set(
    scopesOf(config)
      .filter((scope) => projects === null || scope.projectIds?.every((id) => projects.includes(id)))
      .map((scope) => scope.scopeKey),
  );
  const storedIds = cards.filter((card) => card.stored).map((card) => card.cardId);
  return {
    ...{ generatedAtMs: ctx.nowMs, inventory, cards, findings: cardFindings(cards, sha256Hex) },
    posture: postureFindings,
    schedule: (await readSchedule(ctx, config)).filter((row) => visible.has(row.scopeKey)),
    metadataIds: [...new Set([...given.metadata.keys(), ...storedIds])].sort(),
  };
}

/** A project's own incidents name none of its sources: they came with a key or by hand. */
function incidentPlaces(row: MonitoredSourceRow, _: number, rows: readonly MonitoredSourceRow[]) {
  const { projectId, sourceId } = row;
  const place = { projectId, cardId: sourceCardId(projectId, sourceId) };
  if (sourceId !== null) return [{ ...place, sourceId }];
  const isTaken = rows.some((each) => each.projectId === projectId && each.sourceId === unnamedSource);
  return [{ ...place, sourceId: null }, ...(isTaken ? [] : [{ ...place, sourceId: unnamedSource }])];
}

async function redactGiven(given: GivenMetadata, safety: SafetyDefaults): Promise<GivenMetadata> {
  const entries = [...given.metadata];
  const [defaults, ...rest] = await redactCardMetadata(
    [...(given.defaults ? [given.defaults] : []), ...entries.map(([, metadata]) => metadata)],
    safety,
  ).then((clean) => (given.defaults ? clean : [null, ...clean]));
  const metadata = new Map(entries.map(([id], index) => [id, rest[index] as CardMetadata]));
  return { defaults: defaults ?? null, metadata };
}

/**
 * Runs that tried something of a card: scenario runs of a project are its card's, everybody else's the monitor's. Probe runs
 * tell of every project, so that only roles over everything see which there are.
 */
async function readEvidencePacks(ctx: Context): Promise<Map<string, EvidencePackRef[]>> {
  const projects = readableProjects(ctx.actor);
  const packs = new Map<string, EvidencePackRef[]>();
  const link = (cardId: string | null, ref: EvidencePackRef) => {
    const known = cardId === null ? undefined : (packs.get(cardId) ?? []);
    if (cardId === null || !known || known.length >= linksMax) return;
    if (!known.some((each) => each.id === ref.id)) packs.set(cardId, [...known, ref]);
  };
  if (decidePermission(ctx.actor, "read", null).allowed) {
    for (const { probeRunId: id, createdAtMs, content } of await listProbeRunRecords(
      ctx.db,
      probeRunsLooked,
    )) {
      const ref = { kind: "probe_run", id, createdAtMs } as const;
      link(monitorCardId, ref);
      for (const { target, sourceFinding } of content.results) {
        if (target.projectId) link(sourceCardId(target.projectId, null), ref);
        for (const object of sourceFinding?.affectedObjects ?? []) link(cardOfObject(object), ref);
      }
    }
  }
  for (const run of await listScenarioRunRecords(ctx.db, projects, 5 * linksMax)) {
    const ref = { kind: "scenario_run", id: run.runId, createdAtMs: run.startedAtMs } as const;
    link(run.projectId === null ? monitorCardId : sourceCardId(run.projectId, null), ref);
  }
  return packs;
}
