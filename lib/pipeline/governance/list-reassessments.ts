import { listRecords, listWaitingTriggers, readScopes } from "@/lib/db/reassessment-store";
import type { MonitorConfig } from "@/lib/domain/config";
import {
  type QueuedTrigger,
  type ReassessmentRecord,
  type ScheduleRow,
  scheduleOf,
  scopesOf,
} from "@/lib/domain/reassessment";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { readConfig } from "../settings/get-config";

export const reassessmentSubject = { kind: "security", id: "reassessments" } as const;

const recordsMax = 50;

export type Reassessments = {
  schedule: ScheduleRow[];
  records: ReassessmentRecord[];
  /** Of all that are kept. */
  total: number;
  waiting: Array<QueuedTrigger & { scopeKey: string }>;
};

/** When each scope is due, what waits to be assessed, and the newest 50 records. @throws AppError forbidden */
export async function listReassessments(ctx: Context): Promise<Reassessments> {
  await authorize(ctx, "assess", reassessmentSubject);
  const config = await readConfig(ctx);
  const scopes = scopesOf(config);
  const [schedule, listed, waiting] = await Promise.all([
    readSchedule(ctx, config),
    listRecords(ctx.db, recordsMax),
    listWaitingTriggers(
      ctx.db,
      scopes.map((each) => each.scopeKey),
    ),
  ]);
  return { schedule, records: listed.records, total: listed.total, waiting };
}

/** The scopes of the configuration, the deployment first, each with when it is due. Callers authorize. */
export async function readSchedule(ctx: Context, config: MonitorConfig): Promise<ScheduleRow[]> {
  const states = await readScopes(ctx.db, scopesOf(config), ctx.nowMs);
  return states.map((state) => scheduleOf(state, config.reassessment, ctx.nowMs));
}
