import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { PanelShell } from "@/components/layout/panel-shell";
import { currentSession } from "@/lib/auth/panel-context";
import { signInPath } from "@/lib/paths";

/** Every signed-in screen: the session is checked here and again by every verb. */
export default async function PanelLayout({ children }: { children: ReactNode }) {
  const session = await currentSession();
  if (!session) redirect(signInPath());
  const { name, email, role, projectRoles } = session;
  const scope = role ? undefined : Object.keys(projectRoles).join(", ");
  return <PanelShell user={{ name, email, role: role ?? "project member", scope }}>{children}</PanelShell>;
}
