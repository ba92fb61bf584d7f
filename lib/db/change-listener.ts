import pg from "pg";
import { type Change, changeChannel } from "./change-feed";

export type ChangeListener = { close: () => Promise<void> };

const reconnectMs = 1_000;

/**
 * Hears every committed change of every process over LISTEN. A lost connection is made again; `onGap` says that
 * something may have been missed.
 */
export function listenForChanges(
  url: string,
  onChange: (change: Change) => void,
  onGap: () => void,
): ChangeListener {
  let client: pg.Client | null = null;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  const connect = async () => {
    const next = new pg.Client({
      connectionString: url,
      keepAlive: true,
      application_name: "incident-monitor-changes",
    });
    next.on("notification", (message) => {
      try {
        onChange(JSON.parse(message.payload ?? "") as Change);
      } catch {
        onGap();
      }
    });
    next.on("error", () => lost(next));
    next.on("end", () => lost(next));
    client = next;
    try {
      await next.connect();
      await next.query(`LISTEN ${changeChannel}`);
      onGap();
    } catch {
      lost(next);
    }
  };
  const lost = (which: pg.Client) => {
    if (closed || client !== which) return;
    client = null;
    void which.end().catch(() => undefined);
    clearTimeout(timer);
    timer = setTimeout(() => void connect(), reconnectMs);
  };
  void connect();
  return {
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
