import type { Actor } from "@/lib/domain/actor";
import type { Context } from "@/lib/pipeline/context";
import type { Process } from "./process";

/** What a verb is given, made once per request or action. */
export function contextFor({ db, services }: Process, actor: Actor, requestId: string | null): Context {
  return { actor, db, nowMs: Date.now(), requestId, services };
}
