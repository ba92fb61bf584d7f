import { type CallOptions, segment, type Transport } from "../transport.js";
import type { SavedView, SavedViewChange, SavedViewInput, SavedViewList } from "../types/saved-view.js";

const path = "/incident-monitor/saved-views";
const pathOf = (id: string) => `${path}/${segment(id, "viewId")}`;

export function savedViewMethods(transport: Transport) {
  return {
    /** Named lists of the queue, by name: your own and those that others share. */
    listSavedViews: (options?: CallOptions): Promise<SavedViewList> =>
      transport.json({ method: "GET", path }, options),

    createSavedView: (input: SavedViewInput, options?: CallOptions): Promise<{ view: SavedView }> =>
      transport.json({ method: "POST", path, body: input }, options),

    updateSavedView: (
      viewId: string,
      change: SavedViewChange,
      options?: CallOptions,
    ): Promise<{ view: SavedView }> =>
      transport.json({ method: "PATCH", path: pathOf(viewId), body: change }, options),

    /** For everybody who sees it; no draft is touched. */
    deleteSavedView: (viewId: string, options?: CallOptions): Promise<{ ok: true }> =>
      transport.json({ method: "DELETE", path: pathOf(viewId) }, options),
  };
}
