import type { MonitorProcess } from "./monitor-process";

export type EventStream = {
  /** What arrived so far, line by line. */
  lines: string[];
  /** Settles when the server, or we, ended it. */
  ended: Promise<void>;
  close: () => void;
};

/** Server-sent events as the panel reads them; open once the server said so. */
export async function openEvents(monitor: Pick<MonitorProcess, "url" | "token">): Promise<EventStream> {
  const aborter = new AbortController();
  const response = await fetch(`${monitor.url}/incident-monitor/events`, {
    headers: { authorization: `Bearer ${monitor.token}` },
    signal: aborter.signal,
  });
  if (!response.ok || !response.body) throw new Error(`events: ${response.status}`);
  const lines: string[] = [];
  let opened = () => {};
  const open = new Promise<void>((resolve) => {
    opened = resolve;
  });
  const read = async (body: ReadableStream<Uint8Array>) => {
    const decoder = new TextDecoder();
    let rest = "";
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
      const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = parts.pop() ?? "";
      lines.push(...parts.filter(Boolean));
      opened();
    }
  };
  const ended = read(response.body).catch(() => undefined);
  await open;
  return { lines, ended, close: () => aborter.abort() };
}
