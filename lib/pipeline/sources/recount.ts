import { findCountedOrigins } from "@/lib/db/intake-answer-store";
import { findLiveIncidents } from "@/lib/db/live-incident-store";
import type { LogCandidate } from "@/lib/domain/log-reading";
import type { Context } from "../context";
import { prepareReports } from "../intake/accept-reports";
import { type ReadableSource, readableSource } from "./readable-source";
import type { RequiredLogSource } from "./require-log-source";
import { type Found, watchedReport } from "./watch-report";

/** What taking in these failures would do, found by doing all of it but the writing. */
export class Recount {
  /** Counted before: they would change nothing. */
  alreadyCounted = 0;
  /** Of an incident that exists, or that an earlier one of these would make. */
  merged = 0;
  newIncidents = 0;
  readonly #made = new Set<string>();
  readonly #source: ReadableSource;

  constructor(
    private readonly ctx: Context,
    private readonly required: Pick<RequiredLogSource, "config" | "project" | "source">,
  ) {
    this.#source = readableSource(required);
  }

  /** In the order of the log. */
  async add(failures: ReadonlyArray<Found<LogCandidate>>): Promise<void> {
    const { ctx, required } = this;
    const incoming = failures.map((each) => watchedReport(this.#source, each, ctx.nowMs));
    const submitted = incoming.map((report) => ({ ctx, incoming: report }));
    const prepared = await prepareReports(submitted, required.config, []);
    const keyOf = (index: number) => incoming[index]?.originKey ?? "";
    const counted = await findCountedOrigins(
      ctx.db,
      prepared.map((each) => keyOf(each.index)),
    );
    const uncounted = prepared.filter((each) => !counted.has(keyOf(each.index)));
    this.alreadyCounted += prepared.length - uncounted.length;
    const identities = [...new Set(uncounted.map((each) => each.group.identity))];
    const live = await findLiveIncidents(ctx.db, identities);
    for (const { group } of uncounted) {
      if (live.has(group.identity) || this.#made.has(group.identity)) this.merged += 1;
      else {
        this.newIncidents += 1;
        this.#made.add(group.identity);
      }
    }
  }
}
