import { findCountedPlaces, keyOfTimedPlace, type TimedPlace } from "@/lib/db/backfill-store";
import type { BackfillRange } from "@/lib/domain/backfill-cursor";
import type { LogCandidate } from "@/lib/domain/log-reading";
import type { Context } from "../context";
import type { ReportAnswer } from "../intake/report-answer";
import type { BackfillFile } from "./backfill-files";
import type { FoundFailure } from "./count-failures";
import { type ReadableSource, readableSource } from "./readable-source";
import { Recount } from "./recount";
import type { RequiredLogSource } from "./require-log-source";
import { watchedReport } from "./watch-report";

/** Reports of one commit. */
const batchMax = 200;

type Timed = { candidate: LogCandidate; place: TimedPlace };

/** The failures of one backfill: those of its range are counted, or on a dry run only told apart. */
export class Backfill {
  readonly counts = { candidates: 0, alreadyCounted: 0, merged: 0, newIncidents: 0, untimed: 0 };
  /** All that were found, of the range or not: what a call may find is bounded. */
  found = 0;
  readonly #source: ReadableSource;
  readonly #recount: Recount;

  constructor(
    private readonly ctx: Context,
    required: RequiredLogSource,
    readonly range: BackfillRange & { dryRun?: boolean },
    private readonly submit: (failures: readonly FoundFailure[]) => Promise<ReportAnswer[]>,
  ) {
    this.#source = readableSource(required);
    this.#recount = new Recount(ctx, required);
  }

  /** What was found in a file, in its order. */
  async take(candidates: readonly LogCandidate[], file: BackfillFile): Promise<void> {
    this.found += candidates.length;
    const timed = candidates.flatMap((candidate) => this.#timedOf(candidate));
    this.counts.candidates += timed.length;
    for (let at = 0; at < timed.length; at += batchMax) {
      await this.#takeBatch(timed.slice(at, at + batchMax), file);
    }
  }

  #timedOf(candidate: LogCandidate): Timed[] {
    // The report's time is what is stored: one that a clock put into the future was brought back.
    const { report } = watchedReport(
      this.#source,
      { found: candidate, generation: 0, fileId: null },
      this.ctx.nowMs,
    );
    const { occurredAtMs } = report;
    if (occurredAtMs === undefined) {
      this.counts.untimed += 1;
      return [];
    }
    const { fromMs, toMs } = this.range;
    if (occurredAtMs < fromMs || occurredAtMs >= toMs) return [];
    const { offsetStart, offsetEnd } = candidate;
    return [{ candidate, place: { offsetStart, offsetEnd, occurredAtMs } }];
  }

  async #takeBatch(batch: readonly Timed[], file: BackfillFile): Promise<void> {
    const counted = await findCountedPlaces(
      this.ctx.db,
      this.range,
      batch.map((each) => each.place),
    );
    const rest = batch.filter((each) => !counted.has(keyOfTimedPlace(each.place)));
    this.counts.alreadyCounted += batch.length - rest.length;
    if (rest.length === 0) return;
    await (this.range.dryRun ? this.#foresee(rest, file) : this.#count(rest, file));
  }

  async #foresee(rest: readonly Timed[], file: BackfillFile): Promise<void> {
    const recount = this.#recount;
    const before = { ...countsOf(recount) };
    const place = { generation: file.generation ?? unknownGeneration, fileId: file.id };
    await recount.add(rest.map(({ candidate }) => ({ found: candidate, ...place })));
    const after = countsOf(recount);
    this.counts.alreadyCounted += after.alreadyCounted - before.alreadyCounted;
    this.counts.merged += after.merged - before.merged;
    this.counts.newIncidents += after.newIncidents - before.newIncidents;
  }

  async #count(rest: readonly Timed[], file: BackfillFile): Promise<void> {
    for (const answer of await this.submit(rest.map((each) => this.#failureOf(each, file)))) {
      if (!answer.ok) throw answer.error;
      const { alreadyCounted, outcome } = answer.accepted;
      if (alreadyCounted) this.counts.alreadyCounted += 1;
      else if (outcome === "new") this.counts.newIncidents += 1;
      else this.counts.merged += 1;
    }
  }

  /** A line of a rotated file has no generation any more: its place and its time name it. */
  #failureOf({ candidate, place }: Timed, file: BackfillFile): FoundFailure {
    const { projectId, sourceId } = this.range;
    const found = { found: candidate, generation: file.generation ?? unknownGeneration, fileId: file.id };
    const report = watchedReport(this.#source, found, this.ctx.nowMs);
    if (file.generation !== null) return { candidate, report };
    const originKey = `log:${projectId}/${sourceId}:rotated:${keyOfTimedPlace(place)}`;
    return { candidate, report: { ...report, originKey } };
  }
}

const unknownGeneration = -1;

const countsOf = ({ alreadyCounted, merged, newIncidents }: Recount) => ({
  alreadyCounted,
  merged,
  newIncidents,
});
