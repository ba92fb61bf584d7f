import pg from "pg";
import { type Change, changeChannel } from "./change-feed";

export type ChangeListener = { close: () => Promise<void> };

/**
 * A connection that something on the way has dropped without a word looks as one on which nothing happens. So it is asked
 * something now and then: no answer in time, and it is lost.
 */
export type ListeningPace = { reconnectMs: number; probeEveryMs: number; answerMs: number };
const ordinaryPace: ListeningPace = { reconnectMs: 1_000, probeEveryMs: 10_000, answerMs: 5_000 };

/**
 * Hears every committed change of every process over LISTEN. A lost connection is made again; `onGap` says that
 * something may have been missed.
 */
export function listenForChanges(
  url: string,
  onChange: (change: Change) => void,
  onGap: () => void,
  { reconnectMs, probeEveryMs, answerMs }: ListeningPace = ordinaryPace,
): ChangeListener {
  let client: pg.Client | null = null;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  const connect = async () => {
    const next = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: answerMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: probeEveryMs,
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
      await answered(next.query(`LISTEN ${changeChannel}`), answerMs);
      onGap();
      probeLater(next);
    } catch {
      lost(next);
    }
  };
  const probeLater = (which: pg.Client) => {
    if (closed || client !== which) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      answered(which.query("SELECT 1"), answerMs).then(
        () => probeLater(which),
        () => lost(which),
      );
    }, probeEveryMs);
  };
  const lost = (which: pg.Client) => {
    if (closed || client !== which) return;
    client = null;
    // What it was asked and has not answered makes it drop the connection instead of taking leave.
    void which.end().catch(() => undefined);
    clearTimeout(timer);
    timer = setTimeout(() => void connect(), reconnectMs);
  };
  void connect();
  return {
    close: async () => {
      closed = true;
      clearTimeout(timer);
      if (client) await answered(client.end(), answerMs).catch(() => undefined);
    },
  };
}

/** What it comes to, or an error when that takes longer; what becomes of it then is nobody's concern. */
async function answered(asked: Promise<unknown>, withinMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), withinMs);
  });
  try {
    await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
