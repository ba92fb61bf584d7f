import { findProbeRun, listProbeRunRecords } from "@/lib/db/probe-run-store";
import { sha256Hex } from "@/lib/digest";
import { canonicalJson } from "@/lib/domain/canonical-json";
import type { ProbeRun } from "@/lib/domain/probe-run";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";

/** `verified`: its content, hashed again, is still what its hash says. */
export type KeptProbeRun = ProbeRun & { verified: boolean };

/** Runs tell of every project, so that roles on some do not open them. */
const subject = (id: string) => ({ kind: "probe_run", id, projectId: null });

/** Runs that are kept, newest first. @throws AppError forbidden */
export async function listProbeRuns(ctx: Context, { limit }: { limit: number }): Promise<KeptProbeRun[]> {
  await authorize(ctx, "read", subject("*"));
  return (await listProbeRunRecords(ctx.db, limit)).map(checked);
}

/** @throws AppError forbidden, not_found `probe_run_not_found` also for one that newer ones took the place of */
export async function getProbeRun(
  ctx: Context,
  { probeRunId }: { probeRunId: string },
): Promise<KeptProbeRun> {
  await authorize(ctx, "read", subject(probeRunId));
  const run = await findProbeRun(ctx.db, probeRunId);
  if (run) return checked(run);
  throw new AppError(
    "not_found",
    "probe_run_not_found",
    "There is no such run of the probes, or newer ones took its place",
    {
      probe_run_id: probeRunId,
    },
  );
}

const checked = (run: ProbeRun): KeptProbeRun => ({
  ...run,
  verified: sha256Hex(canonicalJson(run.content)) === run.sha256,
});
