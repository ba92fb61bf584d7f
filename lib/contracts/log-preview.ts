import { z } from "zod";
import { logReadingPatchSchema } from "./config";
import { logFieldSchema, logFormatSchema, minimumLevelSchema } from "./config-values";
import { errorCodeSchema } from "./log-source";
import { msSchema } from "./record-values";

export const lineVerdicts = [
  "candidate",
  "part_of_candidate",
  "below_level",
  "ignored",
  "not_a_record",
  "quarantined",
] as const;

const count = z.int().min(0);
/** What a line can turn out to be: any format but `auto`. */
const foundFormatSchema = z.enum(["json", "plaintext", "logfmt", "syslog", "cri", "docker"]);

/** A source as it may be saved one day: nothing of it has to exist but the file. */
export const previewLogSourceSchema = z.object({
  /** Inside an allowed root; `path` is relative to it, or absolute and inside it. */
  workspace_root: z.string().max(4_096),
  path: z.string().min(1).max(4_096),
  /** With both, the answer says which incidents exist already. */
  project_id: z.string().max(200).nullish(),
  source_id: z.string().max(200).nullish(),
  project_name: z.string().max(200).nullish(),
  format: logFormatSchema.nullish(),
  minimum_level: minimumLevelSchema.nullish(),
  event_schema_version: z.string().max(200).nullish(),
  reading: logReadingPatchSchema.nullish(),
  /** How many of the last lines are shown; 50 unless told. */
  lines: z.int().min(1).max(500).nullish(),
});
export const previewedLineSchema = z.object({
  /** Redacted, and cut where it is long. */
  text: z.string(),
  offset_start: count,
  format: foundFormatSchema.nullable(),
  level: z.string().nullable(),
  message: z.string().nullable(),
  component: z.string().nullable(),
  occurred_at_ms: msSchema.nullable(),
  /** Which failure it is part of, as a position in `candidates`; null for none. */
  candidate: count.nullable(),
  verdict: z.enum(lineVerdicts),
});
export const logPreviewSchema = z.object({
  path: z.string(),
  file_size: count,
  modified_at_ms: msSchema,
  detected_format: foundFormatSchema.nullable(),
  found_fields: z.array(z.object({ field: logFieldSchema, key: z.string(), example: z.string() })),
  lines: z.array(previewedLineSchema),
  candidates: z.array(
    z.object({
      title: z.string(),
      fingerprint: z.string(),
      /** What the records would show as their fingerprint: the line's own where it has one. */
      wire_fingerprint: z.string(),
      level: z.string().nullable(),
      risk_level: z.string(),
      component: z.string().nullable(),
      occurrences: count,
      excerpt: z.array(z.string()),
      /** The live incident it would be counted for; null when it would be a new one. */
      incident_id: z.string().nullable(),
    }),
  ),
});
export const logPreviewResponseSchema = z.object({ preview: logPreviewSchema });

/** `root` is one of the allowed roots, `path` a folder in it, relative; absent: the root itself. */
export const browseQuerySchema = z.object({
  root: z.string().min(1).max(4_096),
  path: z.string().max(4_096).optional(),
});
export const browsedFolderSchema = z.object({
  root: z.string(),
  /** Relative to the root; "" is the root itself. */
  path: z.string(),
  entries: z.array(
    z.object({
      name: z.string(),
      /** Relative to the root. */
      path: z.string(),
      kind: z.enum(["directory", "file", "refused"]),
      refused_because: errorCodeSchema.nullable(),
      size: count.nullable(),
      modified_at_ms: msSchema.nullable(),
    }),
  ),
  /** There are more entries than are listed. */
  truncated: z.boolean(),
});

/** Folders of this host under which a workspace root may lie (D-34), and whether each can be looked into now. */
export const allowedRootsSchema = z.object({
  roots: z.array(
    z.object({
      path: z.string(),
      readable: z.boolean(),
      /** What is wrong with it, in a sentence; absent when nothing is. */
      problem: z.string().optional(),
    }),
  ),
});

export type PreviewLogSourceWire = z.infer<typeof previewLogSourceSchema>;
export type LogPreviewWire = z.infer<typeof logPreviewSchema>;
export type PreviewedLineWire = z.infer<typeof previewedLineSchema>;
export type BrowsedFolderWire = z.infer<typeof browsedFolderSchema>;
export type AllowedRootsWire = z.infer<typeof allowedRootsSchema>;
