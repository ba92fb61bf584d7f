import { z } from "zod";
import { readTime, severityWords } from "./queue-words";
import { draftStatuses, incidentStatuses } from "./status-words";

export { readTime } from "./queue-words";

/** Synonyms of a level (urgent, moderate, ...) are found under these, its own words. */
export const severitySchema = z.enum(severityWords);

const timeSchema = z
  .string()
  .max(40)
  .refine((text) => readTime(text) !== null, "Milliseconds since 1970, or an ISO 8601 time with its zone");
const idSchema = z.string().max(200);

/** `true` and `false` as a query says them. */
export const flagSchema = z.enum(["true", "false"]);

/** Where a page begins and how long it is; `cursor` is the last page's `next_cursor`, with the same filters. */
export const pageShape = {
  limit: z.coerce.number().int().min(0).optional(),
  cursor: z.string().max(600).optional(),
};

/** On the time that orders the list: since it, and before it. */
export const spanShape = { since: timeSchema.optional(), until: timeSchema.optional() };

/** Filters that mean the same on every list of records. */
export const recordFilterShape = {
  /** Part of a title, detail (its first 1,000 characters), fingerprint, id, source, component or event; any case. */
  q: z.string().max(200).optional(),
  /** Exactly this risk level; `risk` is this one or a higher. */
  severity: severitySchema.optional(),
  risk: severitySchema.optional(),
  project: idSchema.optional(),
  /** A log source's id, or what a report called its source. */
  source: idSchema.optional(),
  destination: idSchema.optional(),
  fingerprint: z.string().max(300).optional(),
  ...spanShape,
};

export const draftStatusSchema = z.enum(draftStatuses);
/** The wire's words, and two of the panel's: anything drafted, and what a pause holds. */
export const incidentStatusSchema = z.enum([...incidentStatuses, "drafted", "held"]);
