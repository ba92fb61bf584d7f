import type { LedgerKey } from "@/lib/domain/ledger";
import { fromBase64 } from "./bytes";
import { endorsementText, type PublicKey, publicKeyOf } from "./checkpoint";
import type { Sha256 } from "./hash";

/** Does this key's signature stand under this text? */
export type VerifySignature = (key: PublicKey, text: string, signature: Uint8Array) => boolean;

export type ChainedKey = PublicKey & { ordinal: number; fromSize: number; endorsedBy: string };
export type KeyChain = {
  keys: ReadonlyMap<string, ChainedKey>;
  /** The key itself and all that were handed over to from it, one by one. */
  trustedFrom: (keyId: string) => ReadonlySet<string>;
};

export type KeyFault = { keyId: string; fault: string };

/** Checks every key's row: id, order, name, and the signature it took over with. Answers the chain or the first fault. */
export function readKeyChain(
  sha256: Sha256,
  verifySignature: VerifySignature,
  rows: readonly LedgerKey[],
): { chain: KeyChain } | KeyFault {
  const keys = new Map<string, ChainedKey>();
  const ordered = [...rows].sort((one, other) => one.ordinal - other.ordinal);
  let before: ChainedKey | null = null;
  for (const [at, row] of ordered.entries()) {
    const fault = (words: string): KeyFault => ({ keyId: row.keyId, fault: words });
    const bytes = fromBase64(row.publicKey);
    if (bytes?.length !== 32) return fault("its public key is not 32 bytes");
    const key: PublicKey = publicKeyOf(sha256, row.name, bytes);
    if (key.keyId !== row.keyId) return fault("its id is not that of its public key");
    if (row.ordinal !== at + 1) return fault(`key ${at + 1} is missing before it`);
    if (row.name !== ordered[0]?.name) return fault("it is the key of another ledger");
    if (row.fromSize < (before?.fromSize ?? 0)) return fault("it took over before the key that it follows");
    const endorser: PublicKey | null | undefined =
      row.endorsedBy === row.keyId ? key : row.endorsedBy === before?.keyId ? before : null;
    const signature = fromBase64(row.endorsement);
    if (!endorser || !signature || !verifySignature(endorser, endorsementText(key, row), signature))
      return fault("the signature it took over with is not valid");
    before = { ...key, ordinal: row.ordinal, fromSize: row.fromSize, endorsedBy: row.endorsedBy };
    keys.set(row.keyId, before);
  }
  return { chain: { keys, trustedFrom: (keyId) => reachableFrom([...keys.values()], keyId) } };
}

function reachableFrom(keys: readonly ChainedKey[], keyId: string): ReadonlySet<string> {
  const reached = new Set<string>();
  for (const key of keys) if (key.keyId === keyId || reached.has(key.endorsedBy)) reached.add(key.keyId);
  return reached;
}
