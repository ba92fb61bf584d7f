import { z } from "zod";

/** One server-sent event: what changed, by topic and id. No content; the reader fetches what it may see. */
export const changeEventSchema = z.object({
  topic: z.enum([
    "incident",
    "draft",
    "delivery",
    "config",
    "key",
    "intake",
    "silence",
    "triage",
    "log_source",
  ]),
  id: z.string(),
  project_id: z.string().optional(),
});
export type ChangeEventWire = z.infer<typeof changeEventSchema>;
