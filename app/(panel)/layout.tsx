import type { ReactNode } from "react";
import { PanelShell } from "@/components/layout/panel-shell";
import { currentSession } from "@/lib/auth/panel-context";

/** Every signed-in screen: the session is checked here and again by every verb. */
export default async function PanelLayout({ children }: { children: ReactNode }) {
  const session = await currentSession();
  return <PanelShell user={session}>{children}</PanelShell>;
}
