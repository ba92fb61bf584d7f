import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createTurns, type Turns, type TurnTaker } from "./take-turns";

type Taker = TurnTaker & { reads: number; ends: Array<() => void> };

let turns: Turns<Taker>;
const lost: string[] = [];
let isFull = false;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate", "performance"] });
  lost.length = 0;
  isFull = false;
  turns = createTurns<Taker>({
    isFull: () => isFull,
    onLost: async (taker) => void lost.push(taker.key),
  });
});
afterEach(() => {
  turns.stop();
  vi.useRealTimers();
});

const order: string[] = [];
/** Reads at once unless it is to hang until told to end; is due again every `everyMs`. */
function taker(key: string, options: { everyMs?: number; hangs?: boolean; end?: "lost" } = {}): Taker {
  const { everyMs = Number.POSITIVE_INFINITY, hangs = false, end = "written" } = options;
  const made: Taker = {
    ...{ key, dueAt: 0, reads: 0, ends: [], isBehind: everyMs === 0 },
    read: async () => {
      made.reads += 1;
      order.push(key);
      if (hangs) await new Promise<void>((resolve) => made.ends.push(resolve));
      made.dueAt = performance.now() + everyMs;
    },
    write: async () => end,
  };
  return made;
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe("taking turns", () => {
  it("everybody is read when due, and a busy one waits behind those that became due before it", async () => {
    order.length = 0;
    const busy = taker("busy", { everyMs: 0 });
    const others = ["a", "b", "c", "d", "e", "f"].map((key) => taker(key, { everyMs: 100 }));
    for (const each of [busy, ...others]) turns.add(each);
    await pass(1_000);
    for (const each of others) expect(each.reads).toBeGreaterThanOrEqual(9);
    expect(busy.reads).toBeGreaterThan(100);
    expect(order.slice(0, 7).sort()).toEqual(["a", "b", "busy", "c", "d", "e", "f"]);
  });

  it("many backlogs keep nobody waiting who has just been written to, and are worked off beside them", async () => {
    const backlogs = Array.from({ length: 50 }, (_, at) => taker(`backlog-${at}`, { everyMs: 0 }));
    const quiet = taker("quiet", { everyMs: 10 });
    for (const each of [...backlogs, quiet]) turns.add(each);
    await pass(500);
    expect(quiet.reads).toBeGreaterThan(40);
    for (const each of backlogs) expect(each.reads).toBeGreaterThan(5);
  });

  it("four that do not answer give their places away, and are not asked again meanwhile", async () => {
    const dead = ["1", "2", "3", "4"].map((key) => taker(key, { hangs: true }));
    const good = taker("good", { everyMs: 100 });
    for (const each of [...dead, good]) turns.add(each);
    await pass(9_900);
    expect(good.reads).toBe(0);
    await pass(1_100);
    expect(good.reads).toBeGreaterThan(5);
    expect(dead.map((each) => each.reads)).toEqual([1, 1, 1, 1]);
    dead[0]?.ends[0]?.();
    await pass(10);
    if (dead[0]) dead[0].dueAt = 0;
    turns.wake();
    await pass(10);
    expect(dead[0]?.reads).toBe(2);
  });

  it("nothing is read while too much waits to be written", async () => {
    isFull = true;
    const waiting = taker("waiting", { everyMs: 10 });
    turns.add(waiting);
    await pass(5_000);
    expect(waiting.reads).toBe(0);
    isFull = false;
    await pass(1_100);
    expect(waiting.reads).toBeGreaterThan(0);
  });

  it("one whose read throws is tried again after a pause, and the others go on", async () => {
    const broken = taker("broken");
    let tries = 0;
    broken.read = async () => {
      tries += 1;
      throw new Error("broken");
    };
    const good = taker("good", { everyMs: 100 });
    turns.add(broken);
    turns.add(good);
    await pass(3_500);
    expect(tries).toBe(4);
    expect(good.reads).toBeGreaterThan(30);
  });

  it("tells of what was lost to another", async () => {
    turns.add(taker("mine"));
    turns.add(taker("theirs", { end: "lost" }));
    await pass(10);
    expect(lost).toEqual(["theirs"]);
  });
});

describe("holding one", () => {
  it("waits for its turn to end, and lets none begin", async () => {
    const held = taker("held", { hangs: true });
    turns.add(held);
    await pass(10);
    let release: () => void = () => {};
    let isHeld = false;
    const holding = turns.hold(held, () => {
      isHeld = true;
      return new Promise<void>((resolve) => {
        release = resolve;
      });
    });
    await pass(100);
    expect(isHeld).toBe(false);
    held.ends[0]?.();
    await pass(10);
    expect(isHeld).toBe(true);
    held.dueAt = 0;
    turns.wake();
    await pass(1_000);
    expect(held.reads).toBe(1);
    release();
    await pass(10);
    expect(await holding).toBe(true);
    expect(held.reads).toBe(2);
  });

  it("gives up on one that does not answer", async () => {
    const dead = taker("dead", { hangs: true });
    turns.add(dead);
    await pass(10);
    const holding = turns.hold(dead, async () => {});
    await pass(6_000);
    expect(await holding).toBe(false);
  });

  it("one that was dropped is not read any more", async () => {
    const gone = taker("gone", { everyMs: 10 });
    turns.add(gone);
    await pass(50);
    await turns.hold(gone, async () => turns.drop(gone));
    const { reads } = gone;
    await pass(1_000);
    expect(gone.reads).toBe(reads);
  });
});
