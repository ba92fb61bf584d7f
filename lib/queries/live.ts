"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { ChangeEventWire } from "@/lib/contracts/event";
import { changeTopics } from "@/lib/contracts/queue-words";
import type { SessionWire } from "@/lib/contracts/status";
import { api, signInPath } from "@/lib/paths";
import { ApiError, getJson } from "./api-error";
import { keys } from "./keys";

export type LiveState = { live: true } | { live: false; sinceMs: number };

const affected: Record<ChangeEventWire["topic"], readonly (readonly string[])[]> = {
  intake: [keys.incidents.all, keys.drafts.all, keys.overview],
  incident: [keys.incidents.all, keys.overview],
  draft: [keys.drafts.all, keys.incidents.all, keys.overview],
  delivery: [keys.posts.all, keys.drafts.all, keys.overview],
  config: [
    keys.authority.all,
    keys.config,
    keys.status,
    keys.drafts.all,
    keys.overview,
    keys.mcpServers,
    keys.posture.all,
    keys.cards.all,
    keys.readiness,
    keys.governance.reassessments,
    ["preview"],
  ],
  key: [keys.intakeKeys, keys.authority.all],
  access: [keys.access.all, keys.authority.all],
  break_glass: [keys.breakGlass.all, keys.drafts.all, keys.overview],
  silence: [keys.silences.all, keys.drafts.all, keys.incidents.all, keys.posts.all, keys.overview],
  redaction: [keys.redaction.runs],
  retention: [keys.retention.all],
  triage: [keys.drafts.all],
  log_source: [keys.logSources.all, keys.status],
};

/**
 * For when the stream was ended or refused, or missed something. Whoever is signed out goes to sign in, and comes back to where they were. Answers
 * who this is; null when nobody said.
 */
async function askWhoThisIs(): Promise<SessionWire | null> {
  try {
    return await getJson<SessionWire>(api.session());
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) {
      const { pathname, search } = window.location;
      window.location.assign(signInPath(pathname === "/" ? undefined : pathname + search));
    }
    return null;
  }
}

/** How long changes are gathered before queries run again, so that a burst of reports is one refresh. */
const gatherMs = 400;
const reconnectMs = 5_000;

/**
 * Keeps the tab's queries fresh from the event stream and says whether it is alive. After a gap everything is refreshed,
 * since what happened meanwhile was not heard. `onAccessChange`: this person's roles are others now; the same function each time.
 */
export function useLiveUpdates(onAccessChange: () => void): LiveState {
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
        const topic = topicOf(safeJson((event as MessageEvent<string>).data));
        if (topic) gather(topic);
      });
      stream.addEventListener("gap", () => {
        // That the session ended may be what was missed.
        void askWhoThisIs();
        void client.invalidateQueries();
      });
      stream.addEventListener("ended", async () => {
        const session = await askWhoThisIs();
        if (!session) return;
        client.setQueryData(keys.session, session);
        onAccessChange();
      });
      stream.onopen = () => {
        setState({ live: true });
        // After a gap, and at first for what happened between the page's own reading and now.
        void client.invalidateQueries();
      };
      stream.onerror = () => {
        setState((now) => (now.live ? { live: false, sinceMs: Date.now() } : now));
        // The browser comes back by itself from a lost connection, not from an answer that was refused.
        if (stream.readyState !== EventSource.CLOSED) return;
        void askWhoThisIs();
        reconnecting = setTimeout(connect, reconnectMs);
      };
    };
    connect();
    return () => {
      clearTimeout(gathering);
      clearTimeout(reconnecting);
      source?.close();
    };
  }, [client, onAccessChange]);

  return state;
}

/** The topic of a change event; a validator would be loaded on every page for this one word. */
function topicOf(event: unknown): ChangeEventWire["topic"] | undefined {
  const { topic } = (event ?? {}) as { topic?: unknown };
  return changeTopics.find((each) => each === topic);
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
