import type { ActorRef } from "./actor";
import type { InventoryCounts } from "./authority-inventory";
import type { ProbeCounts, ProbePolicy, ProbeResult } from "./probe";

/** What a run keeps as evidence. Ids, codes and words of ours; no address, no secret, no configured value. */
export type ProbeRunContent = {
  policy: ProbePolicy;
  counts: ProbeCounts;
  results: ProbeResult[];
  inventory: { generatedAtMs: number; counts: InventoryCounts };
};

export type ProbeRun = {
  probeRunId: string;
  createdAtMs: number;
  actor: ActorRef;
  content: ProbeRunContent;
  /** Over the canonical JSON of `content`. */
  sha256: string;
};

/** So many of the newest runs are kept; each new one takes the oldest away. */
export const probeRunsKept = 100;
