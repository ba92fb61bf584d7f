import { z } from "zod";

/** Characters. Enough for a stack trace or a log excerpt. */
export const redactionTestTextMax = 65_536;

/** A text to try the redactor on, with the profile of that name; the deployment's default when absent. */
export const redactionTestSchema = z.object({
  text: z.string().max(redactionTestTextMax, `At most ${redactionTestTextMax} characters`),
  profile: z.string().max(200).nullish(),
});

/** What would be stored, and how many of which kind were taken out. Nothing of it is kept. */
export const redactionTestResponseSchema = z.object({
  text: z.string(),
  redactions: z.array(z.object({ kind: z.string(), count: z.int() })),
  profile: z.string(),
  /** false: nobody knows a profile of the name asked for, so the strictest was used. */
  profile_known: z.boolean(),
});

export type RedactionTestInput = z.infer<typeof redactionTestSchema>;
export type RedactionTestWire = z.infer<typeof redactionTestResponseSchema>;
