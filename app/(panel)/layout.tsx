import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { PanelShell } from "@/components/layout/panel-shell";
import { panelActor } from "@/lib/auth/panel-context";
import { signInPath } from "@/lib/paths";
import { keys } from "@/lib/queries/keys";
import { makeQueryClient } from "@/lib/queries/query-client";
import { sessionToWire } from "@/lib/wire/session";

/**
 * Every signed-in screen: the session is checked here and again by every verb. What the person may do comes with the page,
 * so that a key pressed at once is neither lost nor refused.
 */
export default async function PanelLayout({ children }: { children: ReactNode }) {
  const actor = await panelActor();
  if (!actor) redirect(signInPath());
  const { name, email, role, projectRoles } = actor;
  const scope = role ? undefined : Object.keys(projectRoles).join(", ");
  const client = makeQueryClient();
  client.setQueryData(keys.session, sessionToWire(actor));
  return (
    <PanelShell user={{ name, email, role: role ?? "project member", scope }}>
      <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>
    </PanelShell>
  );
}
