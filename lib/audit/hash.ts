import { toHex } from "./bytes";

/**
 * SHA-256; text counts as its UTF-8 bytes. An argument everywhere here, so that a browser can bring its own. `hex`: the same in
 * lower-case hex, where the host has a faster way there than through bytes.
 */
export type Sha256 = ((input: Uint8Array | string) => Uint8Array) & {
  hex?: (input: Uint8Array | string) => string;
};

export const hashLength = 32;

/** RFC 6962, 2.1: the first byte says leaf or node, so that one can never be taken for the other. */
export function hashLeaf(sha256: Sha256, content: Uint8Array | string): Uint8Array {
  if (typeof content === "string") return sha256(`\u0000${content}`);
  const bytes = new Uint8Array(content.length + 1);
  bytes.set(content, 1);
  return sha256(bytes);
}

// One for all nodes: a hash is done with its input when it returns, and every leaf costs a node.
const nodeBytes = new Uint8Array(1 + 2 * hashLength);
nodeBytes[0] = 1;

/** @throws RangeError where one of the two is no hash */
export function hashNode(sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length !== hashLength || right.length !== hashLength)
    throw new RangeError("a node has two hashes");
  nodeBytes.set(left, 1);
  nodeBytes.set(right, 1 + hashLength);
  return sha256(nodeBytes);
}

export const hexOf = (sha256: Sha256, input: Uint8Array | string): string =>
  sha256.hex ? sha256.hex(input) : toHex(sha256(input));

export const hashOfNothing = (sha256: Sha256): Uint8Array => sha256("");

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}
