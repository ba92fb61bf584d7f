import type {
  AuditCheckpointWire,
  AuditEntryWire,
  AuditExportQuery,
  AuditKeyWire,
  AuditListQuery,
  AuditListWire,
  AuditPostingWire,
  AuditProblemWire,
  AuditProofWire,
  AuditStateWire,
  AuditVerificationWire,
  AuditWitnessWire,
  PutAuditWitnessWire,
} from "@/lib/contracts/audit";
import type { LedgerKey, SaltedField, SealedEntry, StoredCheckpoint } from "@/lib/domain/ledger";
import type { Reason } from "@/lib/domain/reason";
import { given, pageFromQuery, spanFromQuery } from "./list-query";
import { present } from "./record-parts";

type ListedEntry = Omit<SealedEntry, "sequence"> & { sequence: number | null };
type Problem = {
  kind: string;
  sequence: number | null;
  entryId: string | null;
  afterSize: number;
  message: string;
};
type Posting = {
  postingId: string;
  destinationId: string;
  size: number;
  state: "due" | "sent" | "failed";
  attemptCount: number;
  reason: Reason | null;
  createdAtMs: number;
  endedAtMs: number | null;
};
type Witness = {
  settings: { destinationId: string | null; intervalMinutes: number; version: number };
  destinations: Array<{ destinationId: string; name: string }>;
  postings: Posting[];
  lastSent: Posting | null;
};

const valueOf = (field: SaltedField) => ("hash" in field ? undefined : field.value);

export function auditEntryToWire(entry: ListedEntry): AuditEntryWire {
  const [kind = "", ...rest] = entry.actorKey.split(":");
  const name = (valueOf(entry.actor) as { name?: string } | undefined)?.name;
  const detail = valueOf(entry.detail) as Record<string, unknown> | undefined;
  return {
    ...{ entry_id: entry.id, at_ms: Date.parse(entry.at), action: entry.action },
    actor: { kind, id: rest.join(":"), ...(name !== undefined && { name }) },
    outcome: entry.outcome as AuditEntryWire["outcome"],
    ...{ subject_kind: entry.subjectKind, subject_id: entry.subjectId },
    erased: [
      ...("hash" in entry.actor ? ["actor" as const] : []),
      ...("hash" in entry.detail ? ["detail" as const] : []),
    ],
    ...present({
      project_id: entry.projectId,
      request_id: entry.requestId,
      sequence: entry.sequence,
      detail,
    }),
    ...(entry.sequence !== null && { leaf_hash: entry.leafHash, sealed_at_ms: entry.sealedAtMs }),
  };
}

export function auditListToWire(list: {
  entries: ListedEntry[];
  total: number;
  nextCursor: string | null;
}): AuditListWire {
  return {
    entries: list.entries.map(auditEntryToWire),
    ...{ count: list.entries.length, total: list.total },
    ...present({ next_cursor: list.nextCursor }),
  };
}

type FilterQuery = Omit<AuditListQuery, "limit" | "cursor">;

const auditFilterFromQuery = (query: FilterQuery) => ({
  ...{ actor: given(query.actor), action: given(query.action), outcome: query.outcome },
  ...{ subjectKind: given(query.subject_kind), subjectId: given(query.subject_id) },
  ...{ projectId: given(query.project), requestId: given(query.request_id) },
  ...spanFromQuery(query),
});

export const listAuditFromQuery = (query: AuditListQuery) => ({
  filter: auditFilterFromQuery(query),
  page: pageFromQuery(query),
});

export const exportAuditFromQuery = (query: AuditExportQuery) => ({
  format: query.format ?? ("jsonl" as const),
  after: query.after ?? 0,
  filter: auditFilterFromQuery(query),
});

export const auditCheckpointToWire = (made: StoredCheckpoint & { note: string }): AuditCheckpointWire => ({
  ...{ size: made.size, root: made.root, key_id: made.keyId, note: made.note },
  created_at_ms: made.createdAtMs,
});

const auditKeyToWire = (key: LedgerKey & { verifierKey: string }): AuditKeyWire => ({
  ...{ key_id: key.keyId, verifier_key: key.verifierKey, from_size: key.fromSize },
  ...{ endorsed_by: key.endorsedBy, created_at_ms: key.createdAtMs },
});

type KeysAndCheckpoint = {
  origin: string | null;
  checkpoint: (StoredCheckpoint & { note: string }) | null;
  keys: Array<LedgerKey & { verifierKey: string }>;
};

export const auditCheckpointAnswerToWire = ({ origin, checkpoint, keys }: KeysAndCheckpoint) => ({
  keys: keys.map(auditKeyToWire),
  ...present({ origin, checkpoint: checkpoint && auditCheckpointToWire(checkpoint) }),
});

export function auditStateToWire(
  state: KeysAndCheckpoint & {
    unsealed: { count: number; oldestAtMs: number | null };
    guard: { role: string; owner: string; apart: boolean };
    remembered: { size: number; agrees: boolean } | null;
    witness: Witness;
  },
): AuditStateWire {
  const { unsealed, guard, remembered, witness } = state;
  return {
    ...auditCheckpointAnswerToWire(state),
    unsealed: { count: unsealed.count, ...present({ oldest_at_ms: unsealed.oldestAtMs }) },
    database: guard,
    ...present({ remembered }),
    witness: auditWitnessToWire(witness),
  };
}

export function auditProofToWire(
  sequence: number,
  proof: {
    sealedBy: { size: number };
    size: number;
    root: string;
    note: string;
    leaf: string;
    leafHash: string;
    actorHash: string;
    detailHash: string;
    path: string[];
    holds: boolean;
  },
): AuditProofWire {
  return {
    ...{
      sequence,
      size: proof.size,
      root: proof.root,
      checkpoint: proof.note,
      sealed_by: proof.sealedBy.size,
    },
    ...{ leaf: proof.leaf, leaf_hash: proof.leafHash, actor_hash: proof.actorHash },
    ...{ detail_hash: proof.detailHash, path: proof.path, holds: proof.holds },
  };
}

export function auditVerificationToWire(made: {
  ok: boolean;
  problem: Problem | null;
  from: number;
  to: number;
  entries: number;
  checkpoints: number;
  copies: number;
  durationMs: number;
}): AuditVerificationWire {
  return {
    ...{ ok: made.ok, from: made.from, to: made.to, entries: made.entries, checkpoints: made.checkpoints },
    ...{ copies: made.copies, duration_ms: made.durationMs },
    ...(made.problem && { problem: problemToWire(made.problem) }),
  };
}

const problemToWire = (problem: Problem): AuditProblemWire => ({
  ...{ kind: problem.kind, after_size: problem.afterSize, message: problem.message },
  ...present({ sequence: problem.sequence, entry_id: problem.entryId }),
});

export function auditWitnessToWire({
  settings,
  destinations,
  postings,
  lastSent,
}: Witness): AuditWitnessWire {
  return {
    ...{ destination_id: settings.destinationId, interval_minutes: settings.intervalMinutes },
    version: settings.version,
    destinations: destinations.map((each) => ({ destination_id: each.destinationId, name: each.name })),
    postings: postings.map(postingToWire),
    ...present({ last_sent: lastSent && postingToWire(lastSent) }),
  };
}

const postingToWire = (posting: Posting): AuditPostingWire => ({
  ...{ posting_id: posting.postingId, destination_id: posting.destinationId, size: posting.size },
  ...{ state: posting.state, attempts: posting.attemptCount, created_at_ms: posting.createdAtMs },
  ...present({ reason: posting.reason, ended_at_ms: posting.endedAtMs }),
});

export const putAuditWitnessFromWire = (wire: PutAuditWitnessWire) => ({
  ...{ destinationId: wire.destination_id, intervalMinutes: wire.interval_minutes, version: wire.version },
});
