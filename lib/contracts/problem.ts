import { z } from "zod";

/** Every error body (contract 1.4): words, a stable code, the field that is wrong, and the request to quote. */
export const problemSchema = z.looseObject({
  error: z.string(),
  code: z.string(),
  detail: z.string().optional(),
  field: z.string().optional(),
  retryable: z.boolean().optional(),
  request_id: z.string().optional(),
  issues: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).optional(),
});
export type ProblemWire = z.infer<typeof problemSchema>;
