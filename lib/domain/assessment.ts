import type { ActorRef } from "./actor";
import type { OwnerOf } from "./assessment-owner";
import type { AuthorityInventory } from "./authority-inventory";
import type { DriftSignal } from "./behavioral-drift";
import type { DestinationKind } from "./config";
import type { GovernanceFinding } from "./governance-findings";
import type { GovernanceMetric, GovernanceThresholds, Span } from "./governance-metrics";
import type { PostureChecks } from "./posture-checks";
import type { PostureFinding } from "./posture-finding";
import type { ProbeRunContent } from "./probe-run";
import type { RouteDecision, RouteMatchResult } from "./routing";
import type { ScenarioResult, ScenarioRun } from "./scenario";

/**
 * An *assessment report* puts together what this deployment can show of itself at one moment (reference 8.8). Evidence in
 * it is ids, codes, counts and presence; texts of reports are not.
 */

/** What somebody asks a report to look at. `null` bounds are open. */
export type AssessmentAsk = {
  fromMs: number | null;
  toMs: number | null;
  /** Of incidents; the rest of a report is of the deployment. */
  sourceKind: string | null;
  /** Of the findings that are listed; the risk counts all of them. */
  minSeverity: string | null;
  probes: readonly string[];
  includeProbeResults: boolean;
  includeDraftSuggestions: boolean;
  persistArtifact: boolean;
  routeDestinationIds: readonly string[];
  /** Asked for and never given: the refusal stands in the report. */
  rawPayloadsRequested: boolean;
};

/** What the product says of itself; everything else is somebody else's system. */
export const selfSourceKinds = ["tandem_runtime", "tandem_monitor"] as const;

/** So many of the newest records are listed; counts are of all. */
export const assessedRecordsMax = 200;
/** So many rows of each part of the inventory are summarised. */
export const assessedRowsMax = 50;
export const assessedEntriesMax = 100;

export type AssessedIncident = {
  incidentId: string;
  projectId: string | null;
  logSourceId: string | null;
  sourceKind: string | null;
  status: string;
  held: boolean;
  eventType: string;
  riskLevel: string | null;
  riskCategory: string | null;
  routeTags: string[];
  evidenceRefs: string[];
  occurrenceCount: number;
  draftId: string | null;
  lastErrorPresent: boolean;
  createdAtMs: number;
  updatedAtMs: number;
};

export type AssessedReceipt = {
  postId: string;
  draftId: string;
  incidentId: string;
  destinationId: string;
  destinationKind: DestinationKind;
  operation: string;
  status: string;
  payloadDigest: string;
  idempotencyKeyPresent: boolean;
  receiptPresent: boolean;
  externalIdPresent: boolean;
  errorPresent: boolean;
  createdAtMs: number;
  updatedAtMs: number;
};

/** An entry of the audit with the names of what its detail holds, and no value of it. */
export type AssessedEntry = {
  eventId: string;
  eventType: string;
  createdAtMs: number;
  /** null until it was sealed. */
  seq: number | null;
  recordHash: string | null;
  payloadHash: string;
  payloadKeys: string[];
  projectId: string | null;
};

export type AssessedScenarios = {
  /** `played` for this report; `kept`: the newest run that there is, which still stands or is all there is; `withheld`: the deployment's business, not this reader's. */
  state: "played" | "kept" | "busy" | "withheld";
  run: Pick<
    ScenarioRun,
    "packId" | "packVersion" | "packDescription" | "startedAtMs" | "durationMs" | "configVersion" | "counts"
  > & {
    /** Of the run that is kept; null where this report is all that is kept of it. */
    runId: string | null;
    results: ScenarioResult[];
  };
  /** What the newest runs of stored packs left unproved. */
  unproved: Array<{ packId: string; runId: string; ranAtMs: number; result: ScenarioResult }>;
};

export type AssessedGovernance = {
  generatedAtMs: number;
  current: Span;
  baseline: Span;
  windowMs: number;
  thresholds: GovernanceThresholds;
  metrics: GovernanceMetric[];
  drift: DriftSignal[];
  findings: GovernanceFinding[];
};

/** Everything that one report is made of, read once. */
export type AssessmentEvidence = {
  generatedAtMs: number;
  ask: AssessmentAsk;
  /** null: the whole deployment. */
  projects: readonly string[] | null;
  inventory: AuthorityInventory;
  /** What `min_severity` leaves, and all there is. */
  posture: PostureChecks;
  allFindings: PostureFinding[];
  probes: ProbeRunContent;
  scenarios: AssessedScenarios;
  governance: AssessedGovernance;
  /** `bySourceKind`: "" where none is known. */
  incidents: { bySourceKind: Readonly<Record<string, number>>; listed: AssessedIncident[] };
  receipts: {
    counts: ReadonlyArray<{ kind: DestinationKind; status: string; count: number }>;
    listed: AssessedReceipt[];
  };
  /** null: this reader may not see the audit. */
  audit: { total: number; listed: AssessedEntry[] } | null;
  overdueScopes: string[];
  ownerOf: OwnerOf;
};

/** Where an export of the report would go, decided as for any draft, and nothing queued. */
export type ExportRoute = {
  requestedDestinationIds: string[];
  decision: Pick<RouteDecision, "effectiveDestinationIds" | "destinations" | "approval" | "blocked">;
  matches: Array<
    Pick<RouteMatchResult, "routeId" | "routeName" | "destinationIds" | "reason"> & {
      approvalRequired: boolean;
    }
  >;
};

/** A report that was kept: the very document that was answered, with its digest. */
export type KeptAssessment = {
  reportId: string;
  createdAtMs: number;
  actor: ActorRef;
  /** Empty: the whole deployment. */
  projectIds: string[];
  risk: string;
  counts: Readonly<Record<string, number>>;
  /** SHA-256 over the canonical JSON of the document, lower-case hex. */
  sha256: string;
};

/** So many of the newest reports are kept; each new one takes the oldest away, which its audit entry says. */
export const assessmentsKept = 500;
