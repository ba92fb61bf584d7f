import { sha256Hex } from "@/lib/digest";
import { canonicalJson } from "@/lib/domain/canonical-json";

/**
 * A strong validator: equal content, equal tag. Of the content rather than a row's version, which begins again when a row
 * is deleted and made anew, and does not move when a project's sources do.
 */
export const contentTag = (content: object): string => sha256Hex(canonicalJson(content)).slice(0, 32);
