"use client";

import { useQuery } from "@tanstack/react-query";
import { newestRevisionQuery } from "@/lib/queries/config-history";
import { sessionQuery } from "@/lib/queries/session";

export type LastSaver = { name: string; isMe: boolean; version: number | null };

/** Who made the newest save, as far as it is known; "Somebody else" until it is. */
export function useLastSaver(enabled: boolean): LastSaver {
  const revision = useQuery({ ...newestRevisionQuery(), enabled }).data;
  const session = useQuery(sessionQuery()).data;
  if (!revision) return { name: "Somebody else", isMe: false, version: null };
  const isMe = revision.actor.id === session?.actor.id && revision.actor.kind === session.actor.kind;
  return { name: isMe ? "You" : revision.actor.name, isMe, version: revision.version };
}
