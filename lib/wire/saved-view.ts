import type { SavedViewListWire, SavedViewQueryWire, SavedViewWire } from "@/lib/contracts/saved-view";
import type { SeenView } from "@/lib/domain/saved-view";

type ListedView = SeenView & { mayChange: boolean };

export function savedViewToWire(view: ListedView): SavedViewWire {
  return {
    view_id: view.viewId,
    name: view.name,
    query: view.query,
    owner: view.owner,
    shared: view.shared,
    default: view.isDefault,
    may_change: view.mayChange,
    version: view.version,
    created_at_ms: view.createdAtMs,
    updated_at_ms: view.updatedAtMs,
  };
}

export const savedViewListToWire = (views: readonly ListedView[]): SavedViewListWire => ({
  views: views.map(savedViewToWire),
  count: views.length,
});

/** Without what is unset or blank. */
export const savedViewQueryFromWire = (query: SavedViewQueryWire): Record<string, string> =>
  Object.fromEntries(Object.entries(query).flatMap(([key, value]) => (value?.trim() ? [[key, value]] : [])));
