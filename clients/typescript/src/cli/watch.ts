import { isTransient, pause } from "../retry.js";
import type { ChangeTopic } from "../types/event.js";
import type { Call } from "./command.js";

/** A burst of changes is one frame. */
const restMs = 500;
const awayMs = 2_000;

/**
 * Draws, and again after every change, until Ctrl-C. In a terminal the frame is redrawn in place; elsewhere frames follow
 * one another, and with `--json` each is one line. While the server is away the last frame stays.
 */
export async function watch(
  call: Call,
  topics: readonly ChangeTopic[],
  draw: () => Promise<string>,
): Promise<void> {
  const { signal } = call.io;
  let dirty = false;
  let failure: { error: unknown } | undefined;
  let wake = () => {};
  const onAbort = () => wake();
  signal.addEventListener("abort", onAbort, { once: true });
  const woken = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
      if (dirty || failure || signal.aborted) resolve();
    });
  const listen = async () => {
    for await (const _ of call.client.incidentMonitor.events({ topics, signal })) {
      dirty = true;
      wake();
    }
  };
  const listening = listen().catch((error: unknown) => {
    failure = { error };
    wake();
  });
  let last: string | undefined;
  while (!signal.aborted) {
    await woken();
    if (signal.aborted) break;
    if (failure) throw failure.error;
    dirty = false;
    try {
      last = await draw();
      frame(call, last);
      await rest(restMs, signal);
    } catch (error) {
      if (signal.aborted) break;
      if (last === undefined || !isTransient(error)) throw error;
      frame(call, `${last}\n${call.style.yellow("The server does not answer; waiting for it.")}`);
      dirty = true;
      await rest(awayMs, signal);
    }
  }
  await listening;
}

const rest = (ms: number, signal: AbortSignal) => pause(ms, signal).catch(() => undefined);

function frame({ io, json, print }: Call, text: string): void {
  const size = io.size();
  if (json || size === null) return print(json ? text : `${text}\n`);
  const lines = text.split("\n").slice(0, Math.max(1, size.rows - 1));
  // Home, each line with its rest cleared, then everything below: no flicker.
  io.out(`\u001b[H${lines.map((line) => `${line}\u001b[K`).join("\n")}\n\u001b[J`);
}
