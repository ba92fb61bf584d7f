import type { OpenRecord } from "./values.js";

export interface TotpReset extends OpenRecord {
  /** Whether there was a second factor to take away. */
  was_enabled: boolean;
}
