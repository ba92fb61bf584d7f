import { z } from "zod";
import { redactionProfileSchema } from "./config-safety";
import { actorRefSchema, msSchema } from "./record-values";

/** Characters. Enough for a stack trace or a log excerpt. */
export const redactionTestTextMax = 65_536;

/** A text to try the redactor on, with the profile of that name; the deployment's default when absent. */
export const redactionTestSchema = z.object({
  text: z.string().max(redactionTestTextMax, `At most ${redactionTestTextMax} characters`),
  profile: z.string().max(200).nullish(),
  /** A profile that is not saved yet: tried instead of `profile`. */
  unsaved_profile: redactionProfileSchema.nullish(),
});

/** What would be stored, and how many of which kind were taken out. Nothing of it is kept. */
export const redactionTestResponseSchema = z.object({
  text: z.string(),
  redactions: z.array(
    z.object({
      kind: z.string(),
      count: z.int(),
      /** What found it: the rules for secrets, which always hold; the profile's personal data; a pattern of its own. */
      rule: z.enum(["secret", "personal_data", "pattern"]),
    }),
  ),
  profile: z.string(),
  /** false: nobody knows a profile of the name asked for, or a pattern of it cannot be run, so the strictest was used. */
  profile_known: z.boolean(),
});

export type RedactionTestInput = z.infer<typeof redactionTestSchema>;
export type RedactionTestWire = z.infer<typeof redactionTestResponseSchema>;

const countsSchema = z.record(z.string(), z.int());

/** One walk over what is stored, by rules that find more: numbers by place, never a text. */
export const redactionRunSchema = z.object({
  run_id: z.string(),
  /** `rules`: the rules of this release find more than those before. */
  trigger: z.enum(["request", "rules"]),
  actor: actorRefSchema,
  rules_version: z.int(),
  /** `stopped`: somebody ended it before it was through. */
  state: z.enum(["running", "done", "stopped"]),
  /** Where it is, or was stopped, while it is not through. */
  place: z.string().optional(),
  examined: countsSchema,
  changed: countsSchema,
  /** Would change, and stays as it is: digests of approvals and receipts rest on it. */
  frozen: countsSchema,
  /** Would change, and is kept by a legal hold. */
  held_back: countsSchema,
  approvals_voided: z.int(),
  /** What its last turn failed with; the next one goes on. */
  error: z.string().optional(),
  started_at_ms: msSchema,
  ended_at_ms: msSchema.optional(),
});
export const redactionRunResponseSchema = z.object({ run: redactionRunSchema });
export const redactionRunListSchema = z.object({ runs: z.array(redactionRunSchema), count: z.int() });

/** How much a walk would change, by a sample of each place. Changes nothing. */
export const rereadingPreviewSchema = z.object({
  rules_version: z.int(),
  /** The rules that everything stored was read by. Lower: a walk begins by itself. */
  read_version: z.int(),
  places: z.array(
    z.object({
      place: z.string(),
      /** About how many there are; exact where all were read. */
      rows: z.int(),
      examined: z.int(),
      would_change: z.int(),
      /** Of those: stay as they are, since a digest rests on them or a legal hold covers them. */
      frozen: z.int(),
      held_back: z.int(),
    }),
  ),
});

export type RedactionRunWire = z.infer<typeof redactionRunSchema>;
export type RedactionRunListWire = z.infer<typeof redactionRunListSchema>;
export type RereadingPreviewWire = z.infer<typeof rereadingPreviewSchema>;
