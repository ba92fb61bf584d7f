"use client";

import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { signOut } from "next-auth/react";
import { type ReactNode, useCallback } from "react";
import { StepUpProvider } from "@/components/account/step-up-provider";
import { BreakGlassBanner } from "@/components/break-glass/break-glass-banner";
import { waitingCount } from "@/components/inbox/queue-items";
import { signInPath } from "@/lib/paths";
import { useLiveUpdates } from "@/lib/queries/live";
import { overviewQuery } from "@/lib/queries/overview";
import { queryClient } from "@/lib/queries/query-client";
import { sessionQuery } from "@/lib/queries/session";
import { AppShell } from "./app-shell";
import type { MonitorState, ShellUser } from "./shell-context";
import { usePaletteSearch } from "./use-palette-search";

type PanelShellProps = {
  user: ShellUser;
  /** As the server read it: what stands at the foot of the navigation until the first answer. */
  monitor: { enabled: boolean; paused: boolean } | undefined;
  children: ReactNode;
};

/** The shell with its data: queries, live updates, what waits for this person, and the way out. */
export function PanelShell({ children, ...shell }: PanelShellProps) {
  return (
    <QueryClientProvider client={queryClient()}>
      <StepUpProvider>
        <LiveShell {...shell}>{children}</LiveShell>
      </StepUpProvider>
    </QueryClientProvider>
  );
}

function LiveShell({ user, monitor: atFirst, children }: PanelShellProps) {
  const router = useRouter();
  const live = useLiveUpdates(useCallback(() => router.refresh(), [router]));
  const palette = usePaletteSearch();
  const overview = useQuery(overviewQuery()).data;
  const due = overview?.counts.approvals_due ?? 0;
  const permissions = useQuery(sessionQuery()).data?.permissions;
  const needs = overview ? waitingCount(overview, permissions) : 0;
  const known = overview ?? atFirst;
  const monitor: MonitorState = {
    status: !known ? "unknown" : !known.enabled ? "disabled" : known.paused ? "paused" : "running",
  };
  return (
    <AppShell
      user={user}
      onSignOut={() => void signOut({ callbackUrl: signInPath() })}
      counts={{
        ...(needs > 0 && { inbox: { value: needs, hot: true } }),
        ...(due > 0 && { drafts: { value: due } }),
      }}
      live={live.live ? { status: "live" } : { status: "stale", since: live.sinceMs }}
      monitor={monitor}
      palette={palette}
    >
      <BreakGlassBanner />
      {children}
    </AppShell>
  );
}
