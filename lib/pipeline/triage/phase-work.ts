import type { MonitorConfig } from "@/lib/domain/config";
import type { Draft } from "@/lib/domain/records";
import type { PhaseArtifacts, TriageLimits, TriagePhase, TriageSubject } from "@/lib/domain/triage";
import type { TriageRun } from "@/lib/domain/triage-run";
import type { Context } from "../context";

/** What a phase is given: the failure, where its code lies, and what the phases before it left. */
export type PhaseGround = {
  ctx: Context;
  config: MonitorConfig;
  run: TriageRun;
  draft: Draft;
  subject: TriageSubject;
  /** A real folder that this host allows; null when there is none, with why. */
  root: string | null;
  rootRefusal: string | null;
  allowedRoots: readonly string[];
  /** Never read, wherever they lie: the monitor's own data. */
  refusedFolders: readonly string[];
  logNeighbours: string[];
  done: Partial<PhaseArtifacts>;
};

/** How each phase is worked on. Reads only; ends by itself within its limits, or is not waited for. */
export type PhaseWork = {
  [Phase in TriagePhase]: (ground: PhaseGround, limits: TriageLimits) => Promise<PhaseArtifacts[Phase]>;
};
