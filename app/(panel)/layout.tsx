import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { PanelShell } from "@/components/layout/panel-shell";
import { panelActor, panelContext } from "@/lib/auth/panel-context";
import { signInPath } from "@/lib/paths";
import { getConfig } from "@/lib/pipeline/settings/get-config";
import { keys } from "@/lib/queries/keys";
import { namesOf } from "@/lib/queries/names";
import { makeQueryClient } from "@/lib/queries/query-client";
import { configToWire } from "@/lib/wire/config";
import { sessionToWire } from "@/lib/wire/session";

/**
 * Every signed-in screen: the session is checked here and again by every verb. What the person may do comes with the page,
 * so that a key pressed at once is neither lost nor refused; so does what the frame says of the monitor, and the names.
 */
export default async function PanelLayout({ children }: { children: ReactNode }) {
  const actor = await panelActor();
  if (!actor) redirect(signInPath());
  const { name, email, role, projectRoles } = actor;
  const scope = role ? undefined : Object.keys(projectRoles).join(", ");
  const client = makeQueryClient();
  client.setQueryData(keys.session, sessionToWire(actor));
  // Without it the frame asks for itself, as it does when something changes.
  const config = await getConfig(await panelContext()).catch(() => undefined);
  if (config) client.setQueryData(keys.configNames, namesOf(configToWire(config)));
  const monitor = config && { enabled: config.enabled, paused: config.paused };
  return (
    <PanelShell user={{ name, email, role: role ?? "project member", scope }} monitor={monitor}>
      <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>
    </PanelShell>
  );
}
