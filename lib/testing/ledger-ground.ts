import { fromBase64 } from "@/lib/audit/bytes";
import { publicKeyOf } from "@/lib/audit/checkpoint";
import { sha256 } from "@/lib/audit/sha256";
import { verifySignature } from "@/lib/audit/signing";
import { verifyExport } from "@/lib/audit/verify-export";
import type { VerifyResult } from "@/lib/audit/verify-ledger";
import { loadLedgerKeys } from "@/lib/db/audit-ledger-store";
import { insertAuditEntries, type NewAuditEntry } from "@/lib/db/audit-store";
import type { Database } from "@/lib/db/client";
import type { AuditAction } from "@/lib/domain/audit";
import { newId } from "@/lib/ids";
import type { LedgerKeeping } from "@/lib/pipeline/context";
import { exportAudit } from "@/lib/pipeline/governance/export-audit";
import { actors, testContext } from "./context";

/** 32 bytes in base64url, each a byte of this number. */
export const seedOf = (byte: number): string => Buffer.alloc(32, byte).toString("base64url");

/** What a host keeps for the ledger, in memory. */
export function keeping(...seeds: string[]): LedgerKeeping & { seedsHeld: string[] } {
  let note: string | null = null;
  const seedsHeld = seeds.length > 0 ? seeds : [seedOf(7)];
  return {
    seedsHeld,
    seeds: () => seedsHeld,
    remembered: () => note,
    remember: (next) => {
      note = next;
    },
  };
}

/** Entries that differ in every column. */
export async function writeEntries(
  db: Database,
  count: number,
  nowMs: number,
  from = 0,
): Promise<NewAuditEntry[]> {
  const actions: AuditAction[] = ["incident_monitor.draft.approved", "incident_monitor.paused"];
  const entries = Array.from({ length: count }, (_, each): NewAuditEntry => {
    const at = from + each;
    return {
      id: newId.audit(),
      at: new Date(nowMs + at),
      actor: { kind: "user", id: `user-${at % 3}`, name: `Person ${at % 3}` },
      action: actions[at % 2] as AuditAction,
      outcome: at % 5 === 0 ? "denied" : "done",
      subject: {
        kind: at % 2 ? "draft" : "settings",
        id: `subject-${at}`,
        projectId: at % 4 ? "shop" : null,
      },
      requestId: at % 3 ? `req-${at}` : null,
      // Every other one stands in its row as it was hashed, and is checked from there.
      detail: {
        ...{ reason: `because ${at}`, count: at },
        ...(at % 2 && { nested: { list: [at, null, "\u00e9\n"] } }),
      },
    };
  });
  await insertAuditEntries(db, entries);
  return entries;
}

/** Exports the whole ledger as an auditor does, and verifies the lines with the public key and nothing else. */
export async function checkOffline(db: Database): Promise<VerifyResult> {
  const [key] = await loadLedgerKeys(db.pool);
  const trusted = publicKeyOf(sha256, key?.name ?? "", fromBase64(key?.publicKey ?? "") ?? new Uint8Array());
  const lines = await exportAudit(testContext(db, actors.auditor()), {
    format: "jsonl",
    after: 0,
    filter: {},
  });
  return verifyExport(lines, { sha256, verifySignature, trusted });
}
