import type { Span } from "./spans";

/** One walk over one text. What a finder learns about a long run it leaves here, so no run is read twice. */
export type Scan = {
  readonly text: string;
  readonly spans: Span[];
  /** Identifiers up to here have been judged. */
  identifierEnd: number;
  /** Base64url runs up to here hold no JWT. */
  jwtRunEnd: number;
  /** The last `-----END` found by a search, or the text's length once there is none ahead. */
  pemEnd: number;
};

export type Finder = (scan: Scan, at: number) => Span | undefined;

/** A literal every secret of some family must contain. Only where one stands is a finder asked. */
export type Anchor = { literal: string; anyCase?: boolean; find: Finder };

export type AnchorTable = { readonly present: Uint8Array; readonly byHash: readonly (readonly Anchor[])[] };

const hashSize = 1 << 15;

/** Three characters, five bits each: case folds away, and a collision only costs a comparison. */
function hashOf(literal: string): number {
  let hash = 0;
  for (let index = 0; index < 3; index++) hash = (hash << 5) | (literal.charCodeAt(index) & 31);
  return hash;
}

export function compileAnchors(anchors: readonly Anchor[]): AnchorTable {
  const present = new Uint8Array(hashSize);
  const byHash: Anchor[][] = Array.from({ length: hashSize });
  for (const anchor of anchors) {
    const hash = hashOf(anchor.literal);
    present[hash] = 1;
    const bucket = byHash[hash] ?? [];
    bucket.push(anchor);
    byHash[hash] = bucket;
  }
  return { present, byHash };
}

function standsAt(text: string, anchor: Anchor, at: number): boolean {
  const literal = anchor.literal;
  if (!anchor.anyCase) return text.startsWith(literal, at);
  if (at + literal.length > text.length) return false;
  for (let index = 0; index < literal.length; index++) {
    const code = text.charCodeAt(at + index);
    const folded = code >= 65 && code <= 90 ? code | 32 : code;
    if (folded !== literal.charCodeAt(index)) return false;
  }
  return true;
}

/** The fast path of the whole room: ordinary text costs one table look-up a character. */
export function scanAnchors(text: string, table: AnchorTable): Span[] {
  // Five bits of each letter are looked at, and the lowest byte has them: a string that is a piece of another, or of wide
  // letters, would be read half as fast.
  const letters = Buffer.from(text, "latin1");
  const scan: Scan = { text, spans: [], identifierEnd: 0, jwtRunEnd: 0, pemEnd: -1 };
  const { present, byHash } = table;
  let hash = 0;
  let resumeAt = 0;
  for (let index = 0; index < letters.length; index++) {
    hash = ((hash << 5) | ((letters[index] as number) & 31)) & (hashSize - 1);
    if (present[hash] === 0) continue;
    const at = index - 2;
    if (at < resumeAt) continue;
    for (const anchor of byHash[hash] as readonly Anchor[]) {
      if (!standsAt(text, anchor, at)) continue;
      const span = anchor.find(scan, at);
      if (!span) continue;
      scan.spans.push(span);
      // Nothing inside a span needs a second look, which keeps values that run to the end of a line linear.
      if (span.end > resumeAt) resumeAt = span.end;
      index = Math.max(index, resumeAt - 1);
      break;
    }
  }
  return scan.spans;
}

/** The span of a vendor format that starts exactly here, to name a value found through its key. */
export function identifyAt(text: string, at: number, table: AnchorTable): Span | undefined {
  if (at + 3 > text.length) return undefined;
  const anchors = table.byHash[hashOf(text.slice(at, at + 3))];
  if (!anchors) return undefined;
  const scan: Scan = { text, spans: [], identifierEnd: 0, jwtRunEnd: 0, pemEnd: -1 };
  for (const anchor of anchors) {
    const span = standsAt(text, anchor, at) ? anchor.find(scan, at) : undefined;
    if (span?.start === at) return span;
  }
  return undefined;
}
