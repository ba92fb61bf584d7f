import type { Change } from "@/lib/db/change-feed";
import { listenForChanges } from "@/lib/db/change-listener";
import type { Database } from "@/lib/db/client";
import { readableProjects } from "@/lib/domain/permission";
import { authorize } from "../authorize";
import type { Context } from "../context";

type Hub = { subscribers: Set<(change: Change | "gap") => void>; close: () => Promise<void> };

const slot = Symbol.for("incident-monitor.change-hubs");
type Holder = { [slot]?: WeakMap<Database, Hub> };

/** One listening connection a process, however many screens are open; on globalThis for both bundles. */
function hubOf(db: Database): Hub {
  const holder = globalThis as Holder;
  holder[slot] ??= new WeakMap();
  const known = holder[slot].get(db);
  if (known) return known;
  const subscribers: Hub["subscribers"] = new Set();
  const tell = (change: Change | "gap") => {
    for (const subscriber of subscribers) subscriber(change);
  };
  const listener = listenForChanges(db.url, tell, () => tell("gap"));
  const hub = { subscribers, close: listener.close };
  holder[slot].set(db, hub);
  return hub;
}

/** Every change in this process's hearing, for workers and caches. Returns the way to stop. */
export function hearChanges(db: Database, hear: (change: Change | "gap") => void): () => void {
  const hub = hubOf(db);
  hub.subscribers.add(hear);
  return () => hub.subscribers.delete(hear);
}

/** Ends the listening connection, at shutdown. */
export async function closeChangeHub(db: Database): Promise<void> {
  await (globalThis as Holder)[slot]?.get(db)?.close();
}

/** Topics that tell of a record: without a project they are for those who may read records of none. */
const recordTopics: readonly Change["topic"][] = [
  "incident",
  "draft",
  "delivery",
  "key",
  "silence",
  "triage",
  "log_source",
];

/**
 * Changes the actor may hear of: those of its projects, and those that tell of no record. @throws AppError forbidden
 */
export async function subscribeChanges(
  ctx: Context,
  hear: (change: Change | "gap") => void,
): Promise<() => void> {
  await authorize(ctx, "read", { kind: "changes", id: "stream" });
  const projects = readableProjects(ctx.actor);
  const mayHear = ({ topic, projectId }: Change) =>
    projects === null || (projectId ? projects.includes(projectId) : !recordTopics.includes(topic));
  return hearChanges(ctx.db, (change) => {
    if (change === "gap" || mayHear(change)) hear(change);
  });
}
