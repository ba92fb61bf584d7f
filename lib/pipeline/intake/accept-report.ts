import { wasRolledBack } from "@/lib/db/transaction";
import type { AcceptedRecord } from "@/lib/domain/records";
import type { Context } from "../context";
import { AppError } from "../errors";
import { acceptBatch, type Submitted } from "./accept-reports";
import type { IncomingReport } from "./prepare-report";
import type { ReportAnswer } from "./report-answer";

/** At most this many reports share a commit, and at most two commits are under way: the rest wait their turn. */
const batchMax = 128;
const commitsMax = 2;

type Waiting = Submitted & { resolve: (answer: ReportAnswer) => void; reject: (error: unknown) => void };
type Queue = { waiting: Waiting[]; commits: number; scheduled: boolean };

const slot = Symbol.for("incident-monitor.intake-queue");
type Holder = { [slot]?: WeakMap<object, Queue> };

/** One queue per database and process; on globalThis because Next and the server are bundled apart. */
function queueOf(ctx: Context): Queue {
  const holder = globalThis as Holder;
  holder[slot] ??= new WeakMap();
  let queue = holder[slot].get(ctx.db);
  if (!queue) {
    queue = { waiting: [], commits: 0, scheduled: false };
    holder[slot].set(ctx.db, queue);
  }
  return queue;
}

/**
 * Accepts one report, answered only after its commit. Reports that arrive while a commit is under way share the next
 * one, so a busy server makes few large commits and an idle one makes a small one at once; there is no timer.
 *
 * @throws AppError as the single report's own refusal.
 */
export async function acceptReport(ctx: Context, incoming: IncomingReport): Promise<AcceptedRecord> {
  const queue = queueOf(ctx);
  const answer = await new Promise<ReportAnswer>((resolve, reject) => {
    queue.waiting.push({ ctx, incoming, resolve, reject });
    schedule(queue);
  });
  if (!answer.ok) throw answer.error;
  return answer.accepted;
}

function schedule(queue: Queue): void {
  if (queue.scheduled || queue.commits >= commitsMax || queue.waiting.length === 0) return;
  queue.scheduled = true;
  // After the I/O that is ready now, so that requests read in the same turn of the loop share a commit.
  setImmediate(() => {
    queue.scheduled = false;
    void commitNext(queue);
  });
}

async function commitNext(queue: Queue): Promise<void> {
  const batch = queue.waiting.splice(0, batchMax);
  const first = batch[0];
  if (!first) return;
  queue.commits += 1;
  schedule(queue);
  try {
    const requestId = batch.length === 1 ? first.ctx.requestId : null;
    const answers = await acceptBatch(batch, { ...first.ctx, requestId });
    const alone: Waiting[] = [];
    batch.forEach((each, index) => {
      const answer = answers[index];
      if (!answer) each.reject(new Error("intake lost an answer"));
      else if (batch.length > 1 && isFaultOfOthers(answer)) alone.push(each);
      else each.resolve(answer);
    });
    await oneByOne(alone);
  } catch (error) {
    for (const each of batch) each.reject(error);
  } finally {
    queue.commits -= 1;
    schedule(queue);
  }
}

/**
 * A fault of one report must not fail its neighbours: each gets one try alone. Not after a fault that may have come
 * after the commit: trying again would count twice.
 */
const isFaultOfOthers = (answer: ReportAnswer) =>
  !answer.ok && !(answer.error instanceof AppError) && wasRolledBack(answer.error);

async function oneByOne(alone: Waiting[]): Promise<void> {
  for (const each of alone) {
    try {
      const [answer] = await acceptBatch([each], each.ctx);
      if (answer) each.resolve(answer);
      else each.reject(new Error("intake lost an answer"));
    } catch (error) {
      each.reject(error);
    }
  }
}
