import {
  createSavedViewSchema,
  savedViewDeletedSchema,
  savedViewListSchema,
  savedViewResponseSchema,
  updateSavedViewSchema,
} from "@/lib/contracts/saved-view";
import { createView } from "@/lib/pipeline/views/create-view";
import { deleteView } from "@/lib/pipeline/views/delete-view";
import { listViews } from "@/lib/pipeline/views/list-views";
import { updateView } from "@/lib/pipeline/views/update-view";
import { savedViewListToWire, savedViewQueryFromWire, savedViewToWire } from "@/lib/wire/saved-view";
import type { RouteErrors } from "../problem";
import { route } from "../route";

const one = "/incident-monitor/saved-views/{view_id}";
const missing: RouteErrors = { view_not_found: [404, "INCIDENT_MONITOR_VIEW_NOT_FOUND"] };
const taken: RouteErrors = { view_name_taken: [409, "INCIDENT_MONITOR_VIEW_NAME_TAKEN"] };

export const savedViewRoutes = [
  route({
    method: "get",
    path: "/incident-monitor/saved-views",
    summary: "Named lists of the queue, by name: the caller's own and those that others share",
    auth: { kind: "actor", permission: "read" },
    response: savedViewListSchema,
    run: async ({ ctx }) => ({ body: savedViewListToWire(await listViews(ctx)) }),
  }),
  route({
    method: "post",
    path: "/incident-monitor/saved-views",
    summary: "Give a list of drafts, its filters and its order, a name. At most 50 of one caller.",
    auth: { kind: "actor", permission: "read" },
    body: createSavedViewSchema,
    response: savedViewResponseSchema,
    errors: { ...taken, views_too_many: [409, "INCIDENT_MONITOR_VIEWS_TOO_MANY"] },
    run: async ({ ctx, body }) => {
      const { name, shared = false, default: isDefault = false } = body;
      const query = savedViewQueryFromWire(body.query);
      return { body: { view: savedViewToWire(await createView(ctx, { name, query, shared, isDefault })) } };
    },
  }),
  route({
    method: "patch",
    path: one,
    summary:
      "Rename a view, point it at another list, share it, or make it what the caller's queue opens with. Shared views of others take `default` alone.",
    auth: { kind: "actor", permission: "read" },
    body: updateSavedViewSchema,
    response: savedViewResponseSchema,
    errors: { ...missing, ...taken, view_moved: [409, "INCIDENT_MONITOR_VIEW_MOVED"] },
    run: async ({ ctx, params, body }) => {
      const { query, default: isDefault, ...fields } = body;
      const input = {
        ...{ viewId: params.view_id ?? "", isDefault, ...fields },
        ...(query && { query: savedViewQueryFromWire(query) }),
      };
      return { body: { view: savedViewToWire(await updateView(ctx, input)) } };
    },
  }),
  route({
    method: "delete",
    path: one,
    summary: "Delete a view for everybody who sees it; no draft is touched",
    auth: { kind: "actor", permission: "read" },
    response: savedViewDeletedSchema,
    errors: missing,
    run: async ({ ctx, params }) => {
      await deleteView(ctx, params.view_id ?? "");
      return { body: { ok: true } };
    },
  }),
];
