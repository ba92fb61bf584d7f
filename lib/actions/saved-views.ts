"use server";

import { z } from "zod";
import {
  type CreateSavedViewWire,
  createSavedViewSchema,
  type UpdateSavedViewWire,
  updateSavedViewSchema,
} from "@/lib/contracts/saved-view";
import { createView } from "@/lib/pipeline/views/create-view";
import { deleteView } from "@/lib/pipeline/views/delete-view";
import { updateView } from "@/lib/pipeline/views/update-view";
import { savedViewQueryFromWire, savedViewToWire } from "@/lib/wire/saved-view";
import { defineAction } from "./define-action";

const viewId = z.string().min(1).max(200);
const readsOnly = () => true;

const createAction = defineAction({
  permission: "read",
  schema: createSavedViewSchema,
  readsOnly,
  verb: async (ctx, { name, query, shared = false, default: isDefault = false }) =>
    savedViewToWire(await createView(ctx, { name, query: savedViewQueryFromWire(query), shared, isDefault })),
});

const updateAction = defineAction({
  permission: "read",
  schema: updateSavedViewSchema.extend({ view_id: viewId }),
  readsOnly,
  verb: async (ctx, { view_id, query, default: isDefault, ...fields }) =>
    savedViewToWire(
      await updateView(ctx, {
        ...{ viewId: view_id, isDefault, ...fields },
        ...(query && { query: savedViewQueryFromWire(query) }),
      }),
    ),
});

const deleteAction = defineAction({
  permission: "read",
  schema: z.object({ view_id: viewId }),
  readsOnly,
  verb: async (ctx, { view_id }) => {
    await deleteView(ctx, view_id);
    return { ok: true as const };
  },
});

/** Gives the queue as it is narrowed and ordered a name. */
export async function createSavedView(input: CreateSavedViewWire) {
  return createAction(input);
}

/** Renames, shares or redirects a view, or makes it what the caller's queue opens with. */
export async function updateSavedView(input: { view_id: string } & UpdateSavedViewWire) {
  return updateAction(input);
}

/** Deletes a view for everybody who sees it. */
export async function deleteSavedView(input: { view_id: string }) {
  return deleteAction(input);
}
