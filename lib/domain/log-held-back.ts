import type { LogCandidate, QuarantinedRecord } from "./log-reading";

/** A range of the file that is done with: a failure, a record to set aside, or nothing that is told of. */
export type Closed = { offsetStart: number; offsetEnd: number } & (
  | { kind: "candidate"; candidate: LogCandidate }
  | { kind: "fault"; fault: QuarantinedRecord }
  /** Read from within, something could be found there that is none. */
  | { kind: "nothing" }
);

/**
 * What is whole, until all that began before its end is whole, too. So what is taken comes in order of offsets over all calls, and
 * whoever begins again at `startWith` finds exactly what was not taken.
 */
export class HeldBack {
  /** May be taken whatever opens from now on. */
  #ready: Closed[] = [];
  #held: Closed[] = [];

  get heldCount(): number {
    return this.#held.length;
  }

  add(closed: Closed): void {
    this.#held.push(closed);
  }

  /** Nothing is open: all that is here may be taken. */
  letGo(): void {
    if (this.#held.length > 0) this.#ready.push(...this.#held.splice(0));
  }

  /** Where to begin again when something is open that begins at `start`: no range here may be begun in its middle. */
  startWith(start: number): number {
    let first = start;
    const reaches = (each: Closed) => each.offsetStart < first && each.offsetEnd > first;
    for (let over = this.#held.find(reaches); over; over = this.#held.find(reaches)) first = over.offsetStart;
    return first;
  }

  /** Takes what ends before `start`; everything when nothing is open. */
  take(start: number | null): { candidates: LogCandidate[]; quarantined: QuarantinedRecord[] } {
    if (start === null) this.letGo();
    const isDone = (each: Closed) => start === null || each.offsetEnd <= start;
    const done = [...this.#ready, ...this.#held.filter(isDone)].sort((a, b) => a.offsetStart - b.offsetStart);
    this.#ready = [];
    this.#held = this.#held.filter((each) => !isDone(each));
    return {
      candidates: done.flatMap((each) => (each.kind === "candidate" ? each.candidate : [])),
      quarantined: done.flatMap((each) => (each.kind === "fault" ? each.fault : [])),
    };
  }
}
