"use client";

import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { type ReactNode, useMemo, useState } from "react";
import { cn } from "@/components/ui/cn";
import { draftsPath } from "@/lib/paths";
import { AnnouncerProvider } from "./announcer";
import type { CommandPaletteProps } from "./command-palette";
import { MainNav } from "./main-nav";
import { NavDrawer } from "./nav-drawer";
import {
  type LiveState,
  type MonitorState,
  type NavCounts,
  ShellContext,
  type ShellUser,
} from "./shell-context";
import { ShellShortcuts } from "./shell-shortcuts";
import { ShortcutProvider } from "./shortcut-provider";
import { TimeZoneProvider } from "./time-zone";

/** Behind a key each: they come when it is pressed. */
const CommandPalette = dynamic(() => import("./command-palette"), { ssr: false });
const HelpDialog = dynamic(() => import("./help-dialog"), { ssr: false });

export type AppShellProps = {
  user: ShellUser;
  onSignOut: () => void;
  /** `auto`: a rail on the drafts, which are master and detail, words elsewhere. */
  nav?: "auto" | "full" | "rail";
  counts?: NavCounts;
  live?: LiveState;
  monitor?: MonitorState;
  /** Search results and actions for the palette. */
  palette?: Pick<CommandPaletteProps, "groups" | "onQueryChange" | "searching">;
  timeZone?: string;
  children: ReactNode;
};

/** The frame of every signed-in screen. Its children start with a PageHeader; panes scroll, the page does not. */
export function AppShell(props: AppShellProps) {
  const {
    user,
    onSignOut,
    nav = "auto",
    counts = {},
    live,
    monitor,
    palette,
    timeZone = "UTC",
    children,
  } = props;
  const pathname = usePathname();
  const [navOpen, setNavOpen] = useState(false);
  const [searchOpen, setSearchOpen] = useState(false);
  const [helpOpen, setHelpOpen] = useState(false);
  const [asked, setAsked] = useState({ search: false, help: false });
  if ((searchOpen && !asked.search) || (helpOpen && !asked.help)) {
    setAsked({ search: asked.search || searchOpen, help: asked.help || helpOpen });
  }
  const rail = nav === "rail" || (nav === "auto" && pathname.startsWith(draftsPath()));
  const navigation = { user, counts, monitor, onSignOut };
  const shell = useMemo(
    () => ({
      user,
      live,
      openNav: () => setNavOpen(true),
      openSearch: () => setSearchOpen(true),
      openHelp: () => setHelpOpen(true),
    }),
    [user, live],
  );
  return (
    <TimeZoneProvider timeZone={timeZone}>
      <AnnouncerProvider>
        <ShortcutProvider>
          <ShellContext value={shell}>
            <ShellShortcuts onSearch={shell.openSearch} onHelp={shell.openHelp} />
            <a
              href="#main"
              className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-foreground px-3 py-1.5 font-medium text-background focus-visible:translate-y-0"
            >
              Skip to the content
            </a>
            <div
              data-slot="app-shell"
              className={cn(
                // Clipped, not hidden: what is out of sight for the eye alone must not scroll the frame itself away.
                "relative grid h-dvh grid-cols-[minmax(0,1fr)] overflow-clip",
                rail
                  ? "md:grid-cols-[52px_minmax(0,1fr)]"
                  : "md:grid-cols-[52px_minmax(0,1fr)] lg:grid-cols-[216px_minmax(0,1fr)]",
              )}
            >
              <MainNav
                {...navigation}
                rail
                className={cn("border-r border-sidebar-border max-md:hidden", !rail && "lg:hidden")}
              />
              {rail ? null : (
                <MainNav
                  {...navigation}
                  rail={false}
                  className="hidden border-r border-sidebar-border lg:flex"
                />
              )}
              <main id="main" tabIndex={-1} className="flex min-h-0 min-w-0 flex-col outline-none">
                {children}
              </main>
            </div>
            <NavDrawer open={navOpen} onOpenChange={setNavOpen} {...navigation} />
            {asked.search ? (
              <CommandPalette open={searchOpen} onOpenChange={setSearchOpen} {...palette} />
            ) : null}
            {asked.help ? <HelpDialog open={helpOpen} onOpenChange={setHelpOpen} /> : null}
          </ShellContext>
        </ShortcutProvider>
      </AnnouncerProvider>
    </TimeZoneProvider>
  );
}
