import { CanonicalTexts } from "@/lib/domain/canonical-text";
import { isoTime } from "@/lib/domain/iso-time";
import { erasureAction } from "@/lib/domain/ledger";
import { ownText } from "@/lib/domain/own-text";
import { hexOf, type Sha256 } from "./hash";
import { leafFormat } from "./leaf";

/** An entry whose stored leaf hash is the one that its columns make. It is no erasure and nothing of it is erased. */
export type PlainRow = { sequence: number; id: string; sealedAtMs: number; leafHash: string };

// A column has no tab, and no text with a backslash, quote or control character stands in a leaf as it is. Times are whole milliseconds.
const text = String.raw`([^"\\\u0000-\u001f]*)`;
const none = String.raw`\\N`;
const maybe = String.raw`(${none}|[^"\\\u0000-\u001f]*)`;
// JSON has no control character, so that all COPY does to it is to write each of its backslashes twice.
const content = String.raw`(\{[^\\\u0000-\u001f]*(?:\\\\[^\\\u0000-\u001f]*)*\})`;
// Hex by the statement that reads it: only the length is looked at, since looking at each digit costs more than a hash does.
const hex = String.raw`([^\t]*)`;
const columns = [
  ...["([1-9][0-9]{0,14})", text, "(-?[0-9]{1,15})", text, text, text, text, text, maybe, maybe],
  ...[content, hex, none, content, hex, none, hex, "([0-9]{1,15})"],
];
const form = new RegExp(`^${columns.join("\t")}$`);
const saltLength = 32;

// A few people and programs write most of a ledger.
const actorsMax = 1_000;

/**
 * Reads rows of the ledger as COPY writes them (`writtenColumns` of lib/db), where their columns are what was hashed: without
 * taking the row apart into an entry. null for any other, which may be in order all the same. Sound because the text is
 * unambiguous and the leaf is made of the very columns, so that a row with other ones makes another leaf.
 */
export class PlainRows {
  private readonly details = new CanonicalTexts();
  private readonly actors = new Map<string, string>();

  constructor(private readonly sha256: Sha256) {}

  read(row: string): PlainRow | null {
    const parts = form.exec(row);
    if (!parts) return null;
    const action = parts[5] as string;
    const actorSalt = parts[12] as string;
    const detailSalt = parts[14] as string;
    if (action === erasureAction || actorSalt.length !== saltLength || detailSalt.length !== saltLength)
      return null;
    const actor = this.actor(parts[11] as string);
    const detail = this.details.of(action, jsonOf(parts[13] as string));
    if (actor === null || detail === null) return null;
    const { sha256 } = this;
    const actorHash = hexOf(sha256, `${actorSalt}:${actor}`);
    const detailHash = hexOf(sha256, `${detailSalt}:${detail}`);
    // The leaf as `leafContent` has it, behind the zero byte that says so: in one go, and compared as text.
    const leafHash = hexOf(
      sha256,
      `\u0000{"action":"${action}","actor_hash":"${actorHash}","actor_key":"${parts[4]}","at":"${isoTime(Number(parts[3]))}",` +
        `"detail_hash":"${detailHash}","format":${leafFormat},"id":"${parts[2]}","outcome":"${parts[6]}",` +
        `"project_id":${orNull(parts[9] as string)},"request_id":${orNull(parts[10] as string)},` +
        `"sequence":${parts[1]},"subject_id":"${parts[8]}","subject_kind":"${parts[7]}"}`,
    );
    if (leafHash !== parts[15]) return null;
    return { sequence: Number(parts[1]), id: parts[2] as string, sealedAtMs: Number(parts[16]), leafHash };
  }

  private actor(column: string): string | null {
    const known = this.actors.get(column);
    if (known !== undefined) return known;
    const made = this.details.of("", jsonOf(column));
    if (made === null) return null;
    if (this.actors.size >= actorsMax) this.actors.clear();
    this.actors.set(ownText(column), ownText(made));
    return made;
  }
}

const jsonOf = (column: string): string => (column.includes("\\") ? column.replaceAll("\\\\", "\\") : column);

const orNull = (column: string): string => (column === "\\N" ? "null" : `"${column}"`);
