import type { ActorRef, Open, OpenRecord } from "./values.js";

/** One walk over what is stored, by rules that find more: numbers by place. */
export interface RedactionRun extends OpenRecord {
  run_id: string;
  trigger: Open<"request" | "rules">;
  actor: ActorRef;
  rules_version: number;
  state: Open<"running" | "done" | "stopped">;
  /** Where it is, while it is not through. */
  place?: string;
  examined: Record<string, number>;
  changed: Record<string, number>;
  /** Would change, and stays: digests of approvals and receipts rest on it. */
  frozen: Record<string, number>;
  held_back: Record<string, number>;
  approvals_voided: number;
  error?: string;
  started_at_ms: number;
  ended_at_ms?: number;
}

export interface RedactionRunList extends OpenRecord {
  runs: RedactionRun[];
  count: number;
}

export interface RereadingPreview extends OpenRecord {
  rules_version: number;
  /** The rules that everything stored was read by. */
  read_version: number;
  places: {
    place: string;
    rows: number;
    examined: number;
    would_change: number;
    frozen: number;
    held_back: number;
  }[];
}
