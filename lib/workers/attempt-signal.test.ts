import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { attemptSignal } from "./attempt-signal";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("an attempt's signal", () => {
  it("ends before the lease does", () => {
    const { signal } = attemptSignal(new AbortController().signal, 45_000);
    vi.advanceTimersByTime(35_000);
    expect(signal.aborted).toBe(false);
    vi.advanceTimersByTime(2_000);
    expect(signal.aborted).toBe(true);
  });

  it("ends with the worker, also one that has ended already", () => {
    const stopping = new AbortController();
    const { signal } = attemptSignal(stopping.signal, 45_000);
    stopping.abort();
    expect(signal.aborted).toBe(true);
    expect(attemptSignal(stopping.signal, 45_000).signal.aborted).toBe(true);
  });

  it("leaves nothing behind once it was released", () => {
    const stopping = new AbortController();
    const { signal, release } = attemptSignal(stopping.signal, 45_000);
    release();
    stopping.abort();
    expect([signal.aborted, vi.getTimerCount()]).toEqual([false, 0]);
  });
});
