import { listRedactionRunRecords } from "@/lib/db/redaction-run-store";
import type { RedactionRun } from "@/lib/domain/redaction-run";
import { authorize } from "../authorize";
import type { Context } from "../context";

/** Walks over what is stored, newest first: numbers alone. @throws AppError forbidden */
export async function listRedactionRuns(ctx: Context, { limit }: { limit: number }): Promise<RedactionRun[]> {
  await authorize(ctx, "read", { kind: "redaction_runs", id: "list" });
  return listRedactionRunRecords(ctx.db, limit);
}
