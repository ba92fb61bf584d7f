import { createLogAssembler } from "@/lib/domain/log-assembler";
import { logInterest } from "@/lib/domain/log-interest";
import type { RereadPlan } from "@/lib/domain/log-source-state";
import { scanFile } from "@/lib/sources/scan-file";
import type { SourcePlace } from "@/lib/sources/tail-words";
import type { Context } from "../context";
import { readableSource } from "./readable-source";
import { Recount } from "./recount";
import type { RequiredLogSource } from "./require-log-source";

/** What is looked at for a plan, so that it is there while somebody waits for it; a longer file's plan says `partial`. */
const limits = { bytes: 512 * 1_048_576, found: 5_000 };
const patienceMs = 8_000;

/**
 * What reading this file from its beginning would do, as the source is configured now; null when it cannot be read any
 * more. Reads and redacts, writes nothing.
 */
export async function planReread(
  ctx: Context,
  required: RequiredLogSource,
  file: { place: SourcePlace; generation: number },
): Promise<RereadPlan | null> {
  const { project, source } = required;
  const { rules } = readableSource(required);
  const recount = new Recount(ctx, required);
  const scanned = await scanFile(file.place, {
    assembler: createLogAssembler(rules, () => ctx.nowMs),
    interest: logInterest(rules),
    maxLineBytes: rules.maxLineBytes,
    limits,
    signal: AbortSignal.timeout(patienceMs),
    onFound: ({ candidates }) =>
      recount.add(candidates.map((found) => ({ found, generation: file.generation, fileId: null }))),
  });
  if (!scanned.ok) return null;
  const { offsetStart, offsetEnd, bytes, lines, candidates, quarantined, partial } = scanned;
  return {
    projectId: project.projectId,
    sourceId: source.sourceId,
    ...{ offsetStart, offsetEnd, bytes, lines, candidates, quarantined, partial },
    alreadyCounted: recount.alreadyCounted,
    merged: recount.merged,
    newIncidents: recount.newIncidents,
  };
}
