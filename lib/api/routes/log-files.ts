import {
  allowedRootsSchema,
  browsedFolderSchema,
  browseQuerySchema,
  logPreviewResponseSchema,
  previewLogSourceSchema,
} from "@/lib/contracts/log-preview";
import { browseLogs, listAllowedRoots } from "@/lib/pipeline/sources/browse-logs";
import { previewLogSource } from "@/lib/pipeline/sources/preview-log-source";
import {
  allowedRootsToWire,
  browsedFolderToWire,
  logPreviewToWire,
  previewFromWire,
} from "@/lib/wire/log-source";
import { route } from "../route";

const all = "/incident-monitor/log-sources";
const configures = { kind: "actor", permission: "configure" } as const;

/** What there is to choose from, before a source is saved. */
export const logFileRoutes = [
  route({
    method: "get",
    path: `${all}/roots`,
    summary: "The folders of this host under which workspace roots may lie, and whether each can be read",
    auth: configures,
    response: allowedRootsSchema,
    run: async ({ ctx }) => ({ body: allowedRootsToWire(await listAllowedRoots(ctx)) }),
  }),
  route({
    method: "get",
    path: `${all}/browse`,
    summary: "What lies in a folder of an allowed root. Names, sizes and times; nothing is opened.",
    auth: configures,
    query: browseQuerySchema,
    response: browsedFolderSchema,
    errors: {
      log_root_unknown: [400, "INCIDENT_MONITOR_LOG_ROOT_UNKNOWN"],
      log_folder_unreadable: [400, "INCIDENT_MONITOR_LOG_FOLDER_UNREADABLE"],
      log_folder_not_found: [404, "INCIDENT_MONITOR_LOG_FOLDER_NOT_FOUND"],
    },
    run: async ({ ctx, query }) => ({
      body: browsedFolderToWire(await browseLogs(ctx, { root: query.root, path: query.path ?? "" })),
    }),
  }),
  route({
    method: "post",
    path: `${all}/preview`,
    summary:
      "The last lines of a log as its watcher would see them, and what would have become an incident. Nothing is saved or written.",
    auth: configures,
    body: previewLogSourceSchema,
    redacts: "verb",
    response: logPreviewResponseSchema,
    errors: {
      log_preview_invalid: [400, "INCIDENT_MONITOR_LOG_PREVIEW_INVALID"],
      log_file_unreadable: [400, "INCIDENT_MONITOR_LOG_FILE_UNREADABLE"],
      log_file_not_found: [404, "INCIDENT_MONITOR_LOG_FILE_NOT_FOUND"],
    },
    run: async ({ ctx, body }) => ({
      body: { preview: logPreviewToWire(await previewLogSource(ctx, previewFromWire(body))) },
    }),
  }),
];
