import { sha256Hex } from "@/lib/digest";
import { canonicalJson } from "@/lib/domain/canonical-json";
import {
  decodeCursor,
  encodeCursor,
  type ListPage,
  type PagePlace,
  type PageRequest,
} from "@/lib/domain/page";
import { AppError } from "./errors";

export type PageCursor = {
  page: PageRequest;
  /** Where the next page begins; null when this was the last. */
  next: (last: PagePlace | null) => string | null;
};

/**
 * Reads a list's cursor and makes its next one. A cursor belongs to the list, the filter and the order it came from: with
 * others it would silently leave rows out.
 *
 * @throws AppError invalid `cursor_invalid` naming `cursor`
 */
export function pageCursor(list: string, filter: object, { limit, cursor }: ListPage): PageCursor {
  const binding = sha256Hex(canonicalJson({ list, filter: withoutUnset(filter) })).slice(0, 12);
  const after = cursor ? decodeCursor(cursor, binding) : null;
  if (cursor && !after) {
    const message = "cursor: not one of this list with these filters; begin again without it.";
    throw new AppError("invalid", "cursor_invalid", message, { field: "cursor" });
  }
  return { page: { limit, after }, next: (last) => (last ? encodeCursor(last, binding) : null) };
}

const withoutUnset = (filter: object) =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
