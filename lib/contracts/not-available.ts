import { z } from "zod";
import { problemSchema } from "./problem";

/** The answer (501) of a call whose capability comes with a later version; nothing was changed by it. */
export const notAvailableSchema = problemSchema.extend({
  code: z.literal("INCIDENT_MONITOR_NOT_AVAILABLE"),
  capability: z.enum(["security"]),
  retryable: z.literal(false),
});

export type NotAvailableWire = z.infer<typeof notAvailableSchema>;
