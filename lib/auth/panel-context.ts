import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { Role, UserActor } from "@/lib/domain/actor";
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

export async function panelActor(): Promise<UserActor | null> {
  return resolveSessionCookie(currentProcess(), await headers());
}

export type PanelSession = {
  name: string;
  email: string;
  role: Role | null;
  projectRoles: Readonly<Record<string, Role>>;
};

/** For the shell. */
export async function currentSession(): Promise<PanelSession | null> {
  const actor = await panelActor();
  if (!actor) return null;
  const { name, email, role, projectRoles } = actor;
  return { name, email, role, projectRoles };
}
