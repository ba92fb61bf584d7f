import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { createSavedView, deleteSavedView, updateSavedView } from "@/lib/actions/saved-views";
import type {
  CreateSavedViewWire,
  SavedViewListWire,
  SavedViewWire,
  UpdateSavedViewWire,
} from "@/lib/contracts/saved-view";
import { api } from "@/lib/paths";
import { actionData, getJson } from "./api-error";
import { keys } from "./keys";
import { optimistically } from "./optimistically";

/** The reader's views and those that others share. They change seldom. */
export function savedViewsQuery() {
  return queryOptions({
    queryKey: keys.savedViews,
    queryFn: async ({ signal }) => (await getJson<SavedViewListWire>(api.savedViews(), signal)).views,
    staleTime: 60_000,
  });
}

type Views = SavedViewWire[];

/** `change` is shown before the server has answered. */
function useViewsChange<Input, Data>(
  mutationFn: (input: Input) => Promise<Data>,
  change: (views: Views, input: Input) => Views = (views) => views,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    ...optimistically(client, keys.savedViews, change),
    onSettled: () => client.invalidateQueries({ queryKey: keys.savedViews }),
  });
}

export const useCreateView = () =>
  useViewsChange((view: CreateSavedViewWire) => actionData(createSavedView(view)));

type ViewChange = { view_id: string } & UpdateSavedViewWire;

export const useUpdateView = () =>
  useViewsChange(
    (change: ViewChange) => actionData(updateSavedView(change)),
    (views, change) => views.map((view) => changedView(view, change)),
  );

/** One view opens first: another that did does so no more. */
function changedView(view: SavedViewWire, { view_id, ...change }: ViewChange): SavedViewWire {
  if (view.view_id === view_id) return { ...view, ...change };
  return change.default ? { ...view, default: false } : view;
}

export const useDeleteView = () =>
  useViewsChange(
    (viewId: string) => actionData(deleteSavedView({ view_id: viewId })),
    (views, viewId) => views.filter((view) => view.view_id !== viewId),
  );
