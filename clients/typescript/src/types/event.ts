import type { Open } from "./values.js";

export type ChangeTopic = Open<
  | "incident"
  | "draft"
  | "delivery"
  | "config"
  | "key"
  | "access"
  | "intake"
  | "silence"
  | "retention"
  | "triage"
  | "log_source"
>;

/**
 * What the event stream says. `change`: read that record again. `open` (the stream is open, or open again after a cut) and
 * `gap` (the server could not keep up): changes may have been missed, read again whatever is shown.
 */
export type LiveEvent =
  | { type: "change"; topic: ChangeTopic; id: string; project_id?: string }
  | { type: "open" }
  | { type: "gap" };
