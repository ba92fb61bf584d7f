"use client";

import Link from "next/link";
import { cn } from "@/components/ui/cn";
import { Tooltip } from "@/components/ui/tooltip";
import type { NavItem } from "./nav-items";
import type { NavCount } from "./shell-context";

type NavLinkProps = {
  item: NavItem;
  current: boolean;
  rail: boolean;
  count?: NavCount;
  onNavigate?: () => void;
};

/** One screen in the navigation: 28 px with its word, or a 36 by 32 icon on the rail. */
export function NavLink({ item, current, rail, count, onNavigate }: NavLinkProps) {
  const { Icon } = item;
  const said = count ? `${item.label}, ${count.value}${count.hot ? " waiting for you" : ""}` : item.label;
  const link = (
    <Link
      href={item.href}
      aria-current={current ? "page" : undefined}
      aria-label={said}
      onClick={onNavigate}
      className={cn(
        "relative flex items-center rounded-md font-book text-sidebar-foreground hover:bg-accent",
        rail ? "h-8 w-9 justify-center" : "h-7 gap-2 px-2 touch:h-11",
        current && "bg-accent font-[550] text-foreground",
      )}
    >
      <Icon aria-hidden className={cn("size-4", !current && "opacity-80")} />
      {rail ? null : <span className="truncate">{item.label}</span>}
      {count && !rail ? (
        <span
          className={cn(
            "ml-auto text-12",
            count.hot ? "font-semibold text-primary" : "font-normal text-muted-foreground",
          )}
        >
          {count.value}
        </span>
      ) : null}
      {count?.hot && rail ? (
        <span className="absolute top-0 right-0 min-w-[14px] rounded-full bg-primary px-[3px] text-center text-[9.5px] leading-[14px] font-semibold text-primary-foreground">
          {count.value > 99 ? "99+" : count.value}
        </span>
      ) : null}
    </Link>
  );
  return rail ? (
    <Tooltip content={item.label} side="right">
      {link}
    </Tooltip>
  ) : (
    link
  );
}
