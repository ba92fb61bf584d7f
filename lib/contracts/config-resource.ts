import { z } from "zod";
import {
  configChangeSchema,
  configOutcomeShape,
  destinationPatchSchema,
  destinationSchema,
  logSourcePatchSchema,
  logSourceSchema,
  monitoredProjectPatchSchema,
  monitoredProjectSchema,
  routePatchSchema,
  routeSchema,
} from "./config";
import { wholeNumberSchema } from "./config-values";

/*
 * Rows of the configuration one by one (beyond the contract). A PUT's body is the row, whole: what it leaves out has its
 * default, except fields beyond the contract (D-18). The id is the path's; a body may repeat it and may not contradict it.
 */
const id = z.string().nullish();
export const destinationPutSchema = destinationPatchSchema.extend({ destination_id: id });
export const routePutSchema = routePatchSchema.extend({ route_id: id });
export const projectPutSchema = monitoredProjectPatchSchema.extend({ project_id: id });
export const logSourcePutSchema = logSourcePatchSchema.extend({ source_id: id });

export const destinationResourceSchema = z.object({ destination: destinationSchema });
export const routeResourceSchema = z.object({ route: routeSchema });
export const projectResourceSchema = z.object({ project: monitoredProjectSchema });
export const logSourceResourceSchema = z.object({ log_source: logSourceSchema });

export const destinationListSchema = z.object({ destinations: z.array(destinationSchema), count: z.int() });
export const routeListSchema = z.object({ routes: z.array(routeSchema), count: z.int() });
export const projectListSchema = z.object({ projects: z.array(monitoredProjectSchema), count: z.int() });
export const logSourceListSchema = z.object({ log_sources: z.array(logSourceSchema), count: z.int() });

/** What a PUT answers besides the row. `updated_at_ms` is the configuration's, for a PATCH that follows. */
export const putOutcomeShape = {
  created: z.boolean(),
  updated_at_ms: wholeNumberSchema,
  ...configOutcomeShape,
};

/** `also_changed`: the part of the diff that is about other rows. */
export const configDeleteResponseSchema = z.object({
  ok: z.literal(true),
  deleted: z.int(),
  also_changed: z.array(configChangeSchema),
  updated_at_ms: wholeNumberSchema,
  ...configOutcomeShape,
});

export type DestinationPutWire = z.infer<typeof destinationPutSchema>;
export type RoutePutWire = z.infer<typeof routePutSchema>;
export type ProjectPutWire = z.infer<typeof projectPutSchema>;
export type LogSourcePutWire = z.infer<typeof logSourcePutSchema>;
export type ConfigDeleteResponseWire = z.infer<typeof configDeleteResponseSchema>;
