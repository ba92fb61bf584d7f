"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Mark } from "@/components/state/mark";
import { cn } from "@/components/ui/cn";
import { inboxPath } from "@/lib/paths";
import { MonitorLine } from "./monitor-line";
import { isCurrent, navGroups } from "./nav-items";
import { NavLink } from "./nav-link";
import type { MonitorState, NavCounts, ShellUser } from "./shell-context";
import { UserMenu } from "./user-menu";

export type MainNavProps = {
  rail: boolean;
  user: ShellUser;
  counts: NavCounts;
  monitor?: MonitorState;
  onSignOut: () => void;
  onNavigate?: () => void;
  /** Over the foot: the display menu in the phone's drawer. */
  tools?: ReactNode;
  className?: string;
};

/** The navigation: 216 px with words, 52 px as a rail, full width in the phone's drawer. */
export function MainNav({
  rail,
  user,
  counts,
  monitor,
  onSignOut,
  onNavigate,
  tools,
  className,
}: MainNavProps) {
  const pathname = usePathname();
  return (
    <nav
      aria-label="Main"
      data-slot="main-nav"
      className={cn(
        "relative flex min-h-0 flex-col overflow-y-auto bg-sidebar px-2 pb-2 text-sidebar-foreground",
        rail && "items-center",
        className,
      )}
    >
      <Link
        href={inboxPath()}
        onClick={onNavigate}
        aria-label="Incident Monitor, to the inbox"
        className={cn(
          "flex h-12 flex-none items-center gap-2 rounded-md text-[13.5px] font-semibold tracking-[-0.012em] text-foreground focus-visible:-outline-offset-2",
          !rail && "px-2",
        )}
      >
        <Mark size={20} />
        {rail ? null : "Incident Monitor"}
      </Link>
      <div className={cn("flex flex-col", rail && "items-center")}>
        {navGroups.map((group, index) => (
          <div key={group.id} className={cn("flex flex-col", rail && "items-center")}>
            {rail && index > 0 ? <span aria-hidden className="my-2 h-px w-5 bg-sidebar-border" /> : null}
            {group.label ? (
              <h2
                id={`nav-${group.id}`}
                className={rail ? "sr-only" : "px-2 pt-4 pb-1 text-11 font-medium text-muted-foreground"}
              >
                {group.label}
              </h2>
            ) : null}
            <ul aria-labelledby={group.label ? `nav-${group.id}` : undefined} className="flex flex-col">
              {group.items.map((item) => (
                <li key={item.id}>
                  <NavLink
                    item={item}
                    current={isCurrent(item, pathname)}
                    rail={rail}
                    count={counts[item.id]}
                    onNavigate={onNavigate}
                  />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
      <div
        className={cn("mt-auto flex flex-col gap-0.5 border-t border-sidebar-border pt-2", rail && "w-full")}
      >
        {tools}
        {monitor ? <MonitorLine monitor={monitor} rail={rail} /> : null}
        <UserMenu user={user} rail={rail} onSignOut={onSignOut} />
      </div>
    </nav>
  );
}
