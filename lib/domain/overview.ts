import type { DestinationKind } from "./config";

/** Counts of the pipeline for the projects an actor may see; each stops at `totalCap`. */
export type OverviewCounts = {
  occurrences24h: number;
  incidents: number;
  draftsOpen: number;
  approvalsDue: number;
  approvedWaiting: number;
  held: number;
  leaving: number;
  published24h: number;
  failed: number;
};

export type ApprovalDue = {
  draftId: string;
  title: string;
  riskLevel: string | null;
  source: string | null;
  occurrenceCount: number;
  lastSeenAtMs: number;
};

export type FailedDelivery = {
  postId: string;
  draftId: string;
  title: string;
  destinationId: string;
  state: "failed" | "blocked" | "ambiguous";
  reason: string;
  endedAtMs: number;
};

/** What has happened at least once; the first-run checklist is read from it. */
export type FirstFacts = { signedIn: boolean; key: boolean; report: boolean; receipt: boolean };

export type ChecklistItem = { key: string; label: string; done: boolean };

export type Overview = {
  nowMs: number;
  counts: OverviewCounts;
  hourly: Array<{ fromMs: number; count: number }>;
  approvalsDue: ApprovalDue[];
  failedDeliveries: FailedDelivery[];
  unreadyDestinations: Array<{
    destinationId: string;
    name: string;
    kind: DestinationKind;
    missing: string[];
  }>;
  checklist: ChecklistItem[];
  paused: boolean;
  enabled: boolean;
};

/** In the order somebody new goes through them. */
export function firstRunChecklist(
  facts: FirstFacts & { project: boolean; destinationReady: boolean },
): ChecklistItem[] {
  return [
    { key: "signed_in", label: "Sign in", done: facts.signedIn },
    { key: "project", label: "Add the project whose failures you watch", done: facts.project },
    { key: "key", label: "Make an intake key for it", done: facts.key },
    { key: "first_report", label: "Send a first report", done: facts.report },
    { key: "destination_ready", label: "Have a destination that is ready", done: facts.destinationReady },
    { key: "first_receipt", label: "See a first receipt", done: facts.receipt },
  ];
}
