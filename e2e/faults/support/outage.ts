import { expect } from "vitest";
import { type Answer, newDraft } from "./deliveries";
import type { EventStream } from "./events";
import type { MonitorProcess } from "./monitor-process";
import { type Crew, type Ledger, startReporters } from "./reporters";
import { until } from "./until";

/** A hanging statement is given up after 20 s, and with it whoever waits for its connection. */
const answerWithinMs = 28_000;

export type Seen = { answers: Map<number, number>; slowestMs: number; odd: string[] };

/** Reporters that go on through an outage as callers do, and what they were answered. */
export function report(of: MonitorProcess, prefix: string, ledger: Ledger): { crew: Crew; seen: Seen } {
  const seen: Seen = { answers: new Map(), slowestMs: 0, odd: [] };
  const { url, token } = of;
  const crew = startReporters({
    ...{ url, token, prefix, ledger, reporters: 12, onFailure: "goOn", timeoutMs: answerWithinMs },
    onAnswer: ({ status, ms, text }) => {
      seen.answers.set(status, (seen.answers.get(status) ?? 0) + 1);
      seen.slowestMs = Math.max(seen.slowestMs, ms);
      // A batch without its commit has no answer: 503 as a whole, not 200 with 503 in every line.
      if (status === 200 && !text.includes('"status":5')) return;
      const body = status === 503 ? JSON.parse(text) : {};
      const isProblem = body.code === "DATABASE_UNAVAILABLE" && body.retryable === true && body.request_id;
      if (!isProblem) seen.odd.push(`${status} ${text.slice(0, 300)}`);
    },
  });
  return { crew, seen };
}

/** Everything works again, in the process that was there before. */
export async function expectRecovered(of: MonitorProcess, pid: number, stream: EventStream): Promise<void> {
  expect([of.pid, of.isRunning]).toEqual([pid, true]);
  await until("readiness", () => of.isReady());
  const from = stream.lines.length;
  await until("live updates on the stream of before", async () => {
    await newDraft(of);
    return stream.lines.slice(from).some((line) => line.includes('"topic":"intake"'));
  });
}

export const count = (answers: Seen["answers"]) =>
  [...answers].map(([status, n]) => `${n} answered ${status}`).join(", ");

export function expectUnavailable(answer: Answer): void {
  expect([answer.status, answer.body.code, answer.body.retryable]).toEqual([
    503,
    "DATABASE_UNAVAILABLE",
    true,
  ]);
  expect(answer.body.request_id).toMatch(/^req/);
}
