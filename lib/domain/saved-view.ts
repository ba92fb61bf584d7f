import type { ActorRef } from "./actor";

/** The queue as somebody wants to find it again: its filters and its order, in the words of the list's query. */
export type SavedView = {
  viewId: string;
  ownerKey: string;
  owner: ActorRef;
  name: string;
  query: Readonly<Record<string, string>>;
  /** Seen by everybody who may read; changed by its owner alone. */
  shared: boolean;
  version: number;
  createdAtMs: number;
  updatedAtMs: number;
};

/** A view as one actor sees it. */
export type SeenView = SavedView & { isDefault: boolean };

/** Of one owner. */
export const viewsMax = 50;

/** One name per owner, in whatever case and with whatever spaces. */
export const viewNameKey = (name: string): string => name.trim().replaceAll(/\s+/g, " ").toLowerCase();
export const viewName = (name: string): string => name.trim().replaceAll(/\s+/g, " ");
