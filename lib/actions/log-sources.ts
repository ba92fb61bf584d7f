"use server";

import { z } from "zod";
import {
  type BackfillLogSourceWire,
  backfillLogSourceSchema,
  type ReplayQuarantineWire,
  replayQuarantineSchema,
} from "@/lib/contracts/log-source";
import { backfillLogSource as backfill } from "@/lib/pipeline/sources/backfill-log-source";
import { replayLogSource as replayLatest } from "@/lib/pipeline/sources/replay-log-source";
import { replayQuarantine as replayAside } from "@/lib/pipeline/sources/replay-quarantine";
import { resetLogSource as reset } from "@/lib/pipeline/sources/reset-log-source";
import {
  backfilledToWire,
  backfillFromWire,
  replayedQuarantineToWire,
  replayLogSourceToWire,
  replayQuarantineFromWire,
  resetLogSourceToWire,
} from "@/lib/wire/log-source";
import { defineAction } from "./define-action";

type SourceWire = { project_id: string; source_id: string };
const sourceShape = { project_id: z.string().min(1).max(200), source_id: z.string().min(1).max(200) };
const namesOf = ({ project_id, source_id }: SourceWire) => ({ projectId: project_id, sourceId: source_id });

const resetAction = defineAction({
  permission: "configure",
  schema: z.object(sourceShape),
  verb: async (ctx, input) => resetLogSourceToWire(await reset(ctx, namesOf(input))),
});

const replayLatestAction = defineAction({
  permission: "configure",
  schema: z.object(sourceShape),
  verb: async (ctx, input) => replayLogSourceToWire(await replayLatest(ctx, namesOf(input))),
});

const backfillAction = defineAction({
  permission: "configure",
  schema: backfillLogSourceSchema.extend(sourceShape),
  verb: async (ctx, input) => backfilledToWire(await backfill(ctx, backfillFromWire(namesOf(input), input))),
});

const replayQuarantineAction = defineAction({
  permission: "configure",
  schema: replayQuarantineSchema.extend(sourceShape),
  verb: async (ctx, input) =>
    replayedQuarantineToWire(await replayAside(ctx, replayQuarantineFromWire(namesOf(input), input))),
});

/** Reading begins at the file's first byte again; what was counted is not counted again. */
export async function resetLogSource(input: SourceWire) {
  return resetAction(input);
}

/** Submits the newest failure of a log once more, as long as its bytes still say the same. */
export async function replayLatestLogSource(input: SourceWire) {
  return replayLatestAction(input);
}

/** One bounded piece of a span of the past; `next_cursor` asks for the next. */
export async function backfillLogSource(input: SourceWire & BackfillLogSourceWire) {
  return backfillAction(input);
}

/** Judges what was set aside again, by the rules as they are saved now. */
export async function replayQuarantine(input: SourceWire & ReplayQuarantineWire) {
  return replayQuarantineAction(input);
}
