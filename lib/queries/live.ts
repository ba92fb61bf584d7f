"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { type ChangeEventWire, changeEventSchema } from "@/lib/contracts/event";
import { api } from "@/lib/paths";
import { keys } from "./keys";

export type LiveState = { live: true } | { live: false; sinceMs: number };

const affected: Record<ChangeEventWire["topic"], readonly (readonly string[])[]> = {
  intake: [keys.incidents.all, keys.drafts.all, keys.overview],
  incident: [keys.incidents.all, keys.overview],
  draft: [keys.drafts.all, keys.incidents.all, keys.overview],
  delivery: [keys.posts.all, keys.drafts.all, keys.overview],
  config: [keys.config, keys.status, keys.drafts.all, keys.overview, keys.mcpServers, ["preview"]],
  key: [keys.intakeKeys],
  silence: [keys.silences.all, keys.drafts.all, keys.incidents.all, keys.posts.all, keys.overview],
  triage: [keys.drafts.all],
  log_source: [keys.logSources.all, keys.status],
};

/** How long changes are gathered before queries run again, so that a burst of reports is one refresh. */
const gatherMs = 400;
const reconnectMs = 5_000;

/**
 * Keeps the tab's queries fresh from the event stream and says whether it is alive. After a gap everything is refreshed,
 * since what happened meanwhile was not heard.
 */
export function useLiveUpdates(): LiveState {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>({ live: true });

  useEffect(() => {
    const topics = new Set<ChangeEventWire["topic"]>();
    let gathering: ReturnType<typeof setTimeout> | undefined;
    let reconnecting: ReturnType<typeof setTimeout> | undefined;
    let source: EventSource | undefined;

    const gather = (topic: ChangeEventWire["topic"]) => {
      topics.add(topic);
      gathering ??= setTimeout(() => {
        gathering = undefined;
        for (const each of topics) {
          for (const queryKey of affected[each]) void client.invalidateQueries({ queryKey });
        }
        topics.clear();
      }, gatherMs);
    };
    const connect = () => {
      const stream = new EventSource(api.events());
      source = stream;
      stream.addEventListener("change", (event) => {
        const change = changeEventSchema.safeParse(safeJson((event as MessageEvent<string>).data));
        if (change.success) gather(change.data.topic);
      });
      stream.addEventListener("gap", () => void client.invalidateQueries());
      stream.onopen = () => {
        setState({ live: true });
        // After a gap, and at first for what happened between the page's own reading and now.
        void client.invalidateQueries();
      };
      stream.onerror = () => {
        setState((now) => (now.live ? { live: false, sinceMs: Date.now() } : now));
        // The browser comes back by itself from a lost connection, not from an answer that was refused.
        if (stream.readyState === EventSource.CLOSED) reconnecting = setTimeout(connect, reconnectMs);
      };
    };
    connect();
    return () => {
      clearTimeout(gathering);
      clearTimeout(reconnecting);
      source?.close();
    };
  }, [client]);

  return state;
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
