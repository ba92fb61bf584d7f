import { createHash, createHmac } from "node:crypto";

/** SHA-256 as lower-case hex over UTF-8; handed to domain functions, which have no crypto of their own. */
export const sha256Hex = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/** A keyed hash for stored credentials: a leaked table alone cannot be searched for guesses (W-14). */
export const keyedHash = (pepper: string, raw: string): string =>
  createHmac("sha256", pepper).update(raw, "utf8").digest("hex");
