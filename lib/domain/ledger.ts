/**
 * One numbered entry, as it is stored and exported. What can identify somebody or repeat something, the actor with its name
 * and the detail, goes into the leaf as a hash with a salt of its own: once content and salt are gone nobody can guess it
 * back, and the leaf still proves the rest. `actor` or `detail` null: erased, and its hash stands in.
 */
export type LedgerEntry = {
  sequence: number;
  id: string;
  /** ISO 8601, UTC, milliseconds. */
  at: string;
  actorKey: string;
  action: string;
  outcome: string;
  subjectKind: string;
  subjectId: string;
  projectId: string | null;
  requestId: string | null;
  actor: SaltedField;
  detail: SaltedField;
};

/** Salts and hashes in lower-case hex. */
export type SaltedField = { salt: string; value: unknown } | { hash: string };

/** What the sealer wrote beside an entry. */
type Seal = { leafHash: string; sealedAtMs: number };

export type SealedEntry = LedgerEntry & Seal;

/** A field as its leaf has it: the content as canonical JSON (RFC 8785), which is all that hashing, checking and exporting need. */
export type WrittenField = { salt: string; canonical: string } | { hash: string };

/** An entry on its way into or out of the ledger, `SealedEntry` where its content is to be read. */
export type WrittenEntry = Omit<LedgerEntry, "actor" | "detail"> & {
  actor: WrittenField;
  detail: WrittenField;
};
export type SealedWrittenEntry = WrittenEntry & Seal;

/** A signed checkpoint as it is stored: root in hex, signature in base64. */
export type StoredCheckpoint = {
  size: number;
  root: string;
  keyId: string;
  signature: string;
  createdAtMs: number;
};

/** A key that signs checkpoints. The first endorses itself, as does one that follows a key that was lost. */
export type LedgerKey = {
  keyId: string;
  ordinal: number;
  /** The ledger's name, which every checkpoint begins with. */
  name: string;
  /** Raw, base64. */
  publicKey: string;
  /** The size of the ledger when it took over. */
  fromSize: number;
  endorsedBy: string;
  endorsement: string;
  createdAtMs: number;
};

/** What the entry of an erasure is called; its detail names the entries, and is itself never erased. */
export const erasureAction = "incident_monitor.audit.erased";
