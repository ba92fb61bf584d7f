import type { DraftQuery } from "./draft.js";
import type { ActorRef, OpenRecord } from "./values.js";

/** Filters and order of a list of drafts; every value is text, as the query says it. */
export type SavedViewQuery = {
  [Key in Exclude<keyof DraftQuery, "limit" | "cursor">]?: string;
};

/** A named list of the queue: your own, or one that somebody shares. */
export interface SavedView extends OpenRecord {
  view_id: string;
  name: string;
  query: SavedViewQuery;
  owner: ActorRef;
  shared: boolean;
  /** Does your queue open with it? */
  default: boolean;
  /** May you rename, change and delete it? */
  may_change: boolean;
  version: number;
  created_at_ms: number;
  updated_at_ms: number;
}

export interface SavedViewList extends OpenRecord {
  views: SavedView[];
  count: number;
}

export interface SavedViewInput {
  name: string;
  query: SavedViewQuery;
  shared?: boolean;
  default?: boolean;
}

/** What is left out stays as it is. Shared views of others take `default` alone. */
export type SavedViewChange = Partial<SavedViewInput>;
