import type { Change } from "@/lib/db/change-feed";
import { listenForChanges } from "@/lib/db/change-listener";
import type { Database } from "@/lib/db/client";
import { type Actor, actorRef } from "@/lib/domain/actor";
import { decidePermission, readableProjects } from "@/lib/domain/permission";
import { logger } from "@/lib/logger";
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
    for (const subscriber of subscribers) {
      try {
        subscriber(change);
      } catch (error) {
        // A screen whose stream broke must not keep the others, or the workers, from hearing it.
        logger.warn({ err: error }, "a change could not be told to one who listens");
      }
    }
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

/** Is this change about what the actor itself may do, or about the session it came by? */
function concernsCaller({ topic, id }: Change, actor: Actor): boolean {
  if (topic === "session") return actor.kind === "user" && actor.sessionId === id;
  if (topic !== "access") return false;
  return actor.kind === "user" ? actor.userId === id : actorRef(actor).id === id;
}

/** Topics that tell of a record: without a project they are for those who may read records of none. */
const recordTopics: readonly Change["topic"][] = [
  "incident",
  "draft",
  "delivery",
  "key",
  "silence",
  "break_glass",
  "triage",
  "log_source",
];

/**
 * Changes the actor may hear of: those of its projects, and those that tell of no record. `ended`: what it may do has changed
 * or ended, so that it has to ask again. @throws AppError forbidden
 */
export async function subscribeChanges(
  ctx: Context,
  hear: (change: Change | "gap" | "ended") => void,
): Promise<() => void> {
  await authorize(ctx, "read", { kind: "changes", id: "stream" });
  const projects = readableProjects(ctx.actor);
  const readsAccess = decidePermission(ctx.actor, "readAccess").allowed;
  const mayHear = ({ topic, projectId }: Change) => {
    if (topic === "access") return readsAccess;
    // Of other people's sessions no screen hears: the processes do.
    if (topic === "session") return false;
    return projects === null || (projectId ? projects.includes(projectId) : !recordTopics.includes(topic));
  };
  return hearChanges(ctx.db, (change) => {
    if (change === "gap" || mayHear(change)) hear(change);
    if (change !== "gap" && concernsCaller(change, ctx.actor)) hear("ended");
  });
}
