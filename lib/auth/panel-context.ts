import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { UserActor } from "@/lib/domain/actor";
import { newId } from "@/lib/ids";
import { signInPath } from "@/lib/paths";
import type { Context } from "@/lib/pipeline/context";
import { contextFor } from "./context";
import { currentProcess } from "./process";
import { resolveSessionCookie } from "./session-cookie";

/** For pages and layouts: the signed-in person's context. Everybody else is sent to sign in, and comes back. */
export async function panelContext(callbackUrl?: string): Promise<Context> {
  return (await actionContext()) ?? redirect(signInPath(callbackUrl));
}

/** For server actions: null when nobody is signed in, so that they can say so. */
export async function actionContext(): Promise<Context | null> {
  const actor = await panelActor();
  return actor && contextFor(currentProcess(), actor, newId.request());
}

/** For the shell: null when nobody is signed in. */
export async function panelActor(): Promise<UserActor | null> {
  return resolveSessionCookie(currentProcess(), await headers());
}
