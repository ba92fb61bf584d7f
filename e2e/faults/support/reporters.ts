import { setTimeout as pause } from "node:timers/promises";
import { between } from "./rounds";

/** One report on its way. `marker` is its run_id, which the occurrence's row keeps: by it every report is found again. */
type Sent = { markers: string[]; body: string; contentType: string; key: string | null };

export type Ledger = {
  /** Answered 200: these must be there, once. */
  acknowledged: Set<string>;
  /** Sent, and no answer came: these may be there, at most once. */
  unanswered: Set<string>;
  /** Refused with a status: these must not be there. */
  refused: Map<string, number>;
  /** Batches without an answer: all of one or none of it. */
  openBatches: string[][];
  /** Singles without an answer, which a caller may send again under their key. */
  retries: Sent[];
};

export const emptyLedger = (): Ledger => ({
  acknowledged: new Set(),
  unanswered: new Set(),
  refused: new Map(),
  openBatches: [],
  retries: [],
});

export type Crew = { ledger: Ledger; stop: () => Promise<void>; finished: Promise<void> };

type CrewOptions = {
  url: string;
  token: string;
  /** Begins every marker, so that rounds do not meet. */
  prefix: string;
  ledger: Ledger;
  reporters?: number;
  /** Go on after a failed request (the database is away), or end there (the server is gone)? */
  onFailure: "stop" | "goOn";
  timeoutMs?: number;
  onAnswer?: (answer: { status: number; ms: number; text: string }) => void;
};

const json = "application/json";
const ndjson = "application/x-ndjson";
/** Few enough that reports of different callers meet in one incident all the time. */
const sharedFailures = 40;
const batchOf = 20;

/** Callers that report one after another as fast as they are answered: every third sends batches, the rest singles. */
export function startReporters(options: CrewOptions): Crew {
  let stopping = false;
  let count = 0;
  const report = () => {
    count += 1;
    const marker = `${options.prefix}-${count}`;
    const shared = between(0, 3) > 0;
    const fingerprint = shared ? `shared-${between(1, sharedFailures)}` : marker;
    const fields = {
      title: `Failure ${fingerprint}`,
      detail: "exit code 1",
      source: "fault",
      level: "error",
    };
    return { marker, report: { ...fields, event: "fault.failed", fingerprint, run_id: marker } };
  };
  const next = (batches: boolean): Sent => {
    if (!batches) {
      const { marker, report: one } = report();
      return {
        markers: [marker],
        body: JSON.stringify({ report: one }),
        contentType: json,
        key: `key-${marker}`,
      };
    }
    const lines = Array.from({ length: batchOf }, report);
    return {
      markers: lines.map((line) => line.marker),
      body: lines.map((line) => JSON.stringify(line.report)).join("\n"),
      contentType: ndjson,
      key: null,
    };
  };
  const loop = async (batches: boolean) => {
    while (!stopping) {
      const sent = next(batches);
      const answered = await send(options, sent);
      if (answered) continue;
      if (options.onFailure === "stop") return;
      await pause(50); // as a caller that is told to try again later
    }
  };
  const finished = Promise.all(
    Array.from({ length: options.reporters ?? 16 }, (_, index) => loop(index % 3 === 2)),
  ).then(() => undefined);
  return {
    ledger: options.ledger,
    finished,
    stop: () => {
      stopping = true;
      return finished;
    },
  };
}

/** Whether it was taken in or refused. Its markers move in the ledger accordingly. */
async function send(options: CrewOptions, sent: Sent): Promise<boolean> {
  const { ledger } = options;
  for (const marker of sent.markers) ledger.unanswered.add(marker);
  const answer = await post(options, sent);
  if (!answer || answer.status >= 500) {
    if (sent.key) ledger.retries.push(sent);
    else ledger.openBatches.push(sent.markers);
    return false;
  }
  settle(ledger, sent, answer);
  return true;
}

function settle(ledger: Ledger, sent: Sent, answer: { status: number; text: string }): void {
  const results = sent.key
    ? [{ status: answer.status }]
    : ((JSON.parse(answer.text).results ?? []) as Array<{ status: number }>);
  sent.markers.forEach((marker, index) => {
    ledger.unanswered.delete(marker);
    const status = results[index]?.status ?? answer.status;
    if (status === 200) ledger.acknowledged.add(marker);
    else ledger.refused.set(marker, status);
  });
}

async function post(
  { url, token, timeoutMs = 30_000, onAnswer }: Omit<CrewOptions, "prefix" | "ledger" | "onFailure">,
  sent: Sent,
): Promise<{ status: number; text: string } | null> {
  const startedAt = performance.now();
  try {
    const response = await fetch(
      `${url}/incident-monitor/${sent.contentType === ndjson ? "intake/reports" : "report"}`,
      {
        method: "POST",
        headers: {
          authorization: `Bearer ${token}`,
          "content-type": sent.contentType,
          ...(sent.key && { "idempotency-key": sent.key }),
        },
        body: sent.body,
        signal: AbortSignal.timeout(timeoutMs),
      },
    );
    const text = await response.text();
    onAnswer?.({ status: response.status, ms: performance.now() - startedAt, text });
    return { status: response.status, text };
  } catch (error) {
    // A time-out of ours is a finding of its own; a broken connection is what the fault is about.
    if ((error as Error).name === "TimeoutError") {
      onAnswer?.({ status: 0, ms: performance.now() - startedAt, text: "no answer in time" });
    }
    return null;
  }
}

/** Sends what got no answer again, under the same keys, as a caller should. Returns how many were accepted. */
export async function sendAgain(options: { url: string; token: string; ledger: Ledger }): Promise<number> {
  const { ledger } = options;
  const again = ledger.retries.splice(0);
  for (const sent of again) {
    const answer = await post(options, sent);
    if (answer?.status !== 200) throw new Error(`sent again: ${answer?.status} ${answer?.text}`);
    settle(ledger, sent, answer);
  }
  return again.length;
}
