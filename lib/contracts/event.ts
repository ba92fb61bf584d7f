import { z } from "zod";
import { changeTopics } from "./queue-words";

/** One server-sent event: what changed, by topic and id. No content; the reader fetches what it may see. */
export const changeEventSchema = z.object({
  topic: z.enum(changeTopics),
  id: z.string(),
  project_id: z.string().optional(),
});
export type ChangeEventWire = z.infer<typeof changeEventSchema>;
