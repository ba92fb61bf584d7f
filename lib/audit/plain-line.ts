import { erasureAction } from "@/lib/domain/ledger";
import { isHexOf } from "./bytes";
import { hashLeaf, hexOf, type Sha256 } from "./hash";
import { leafFormat } from "./leaf";

/** An entry that stands in its line exactly as the leaf has it, and the leaf that its bytes make. */
export type PlainEntry = { sequence: number; id: string; sealedAtMs: number; leaf: Uint8Array };

const text = String.raw`("[^"\\\u0000-\u001f]*")`;
const maybe = String.raw`(null|"[^"\\\u0000-\u001f]*")`;
const members = [
  ...[
    '"type":"entry"',
    '"sequence":([1-9][0-9]{0,14})',
    `"id":${text}`,
    `"at":${text}`,
    `"actor_key":${text}`,
  ],
  ...[`"action":${text}`, `"outcome":${text}`, `"subject_kind":${text}`, `"subject_id":${text}`],
  ...[`"project_id":${maybe}`, `"request_id":${maybe}`],
  ...[String.raw`"actor":(\{.*?\})`, '"actor_salt":"([0-9a-f]{32})"'],
  ...[String.raw`"detail":(\{.*?\})`, '"detail_salt":"([0-9a-f]{32})"'],
  ...['"leaf_hash":"([0-9a-f]{64})"', '"sealed_at_ms":([0-9]{1,15})'],
];
const form = new RegExp(String.raw`^\{${members.join(",")}\}$`);
/** Nobody makes us look long for a form that is not there. */
const lengthMax = 8_192;
const erased = `"${erasureAction}"`;

/**
 * Reads the line of an entry without parsing it, where its bytes are what was hashed: as we write them. null for any other, which
 * may be in order all the same. Sound because the leaf hash is over the very pieces the line consists of: a line with other
 * pieces, or more of them, makes another leaf.
 */
export function plainEntry(sha256: Sha256, line: string): PlainEntry | null {
  const parts = line.length <= lengthMax ? form.exec(line) : null;
  if (!parts || parts[5] === erased) return null;
  const actorHash = hexOf(sha256, `${parts[12]}:${parts[11]}`);
  const detailHash = hexOf(sha256, `${parts[14]}:${parts[13]}`);
  const content =
    `{"action":${parts[5]},"actor_hash":"${actorHash}","actor_key":${parts[4]},"at":${parts[3]},` +
    `"detail_hash":"${detailHash}","format":${leafFormat},"id":${parts[2]},"outcome":${parts[6]},` +
    `"project_id":${parts[9]},"request_id":${parts[10]},"sequence":${parts[1]},"subject_id":${parts[8]},` +
    `"subject_kind":${parts[7]}}`;
  const leaf = hashLeaf(sha256, content);
  if (!isHexOf(parts[15] as string, leaf)) return null;
  const id = (parts[2] as string).slice(1, -1);
  return { sequence: Number(parts[1]), id, sealedAtMs: Number(parts[16]), leaf };
}
