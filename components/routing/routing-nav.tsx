"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/components/ui/cn";
import { routingPath, shadowDecisionsPath, silencesPath } from "@/lib/paths";

const pages = [
  { label: "Routes", href: routingPath() },
  { label: "Silences", href: silencesPath() },
  { label: "Shadow decisions", href: shadowDecisionsPath() },
];

/** The three pages of Routing: what goes where, what is held for a while, and what is only being tried. */
export function RoutingNav() {
  const pathname = usePathname();
  return (
    <nav
      aria-label="Routing"
      className="flex flex-none gap-4 overflow-x-auto border-b border-border px-4 md:px-6"
    >
      {pages.map(({ label, href }) => (
        <Link
          key={href}
          href={href}
          aria-current={pathname === href ? "page" : undefined}
          className={cn(
            "-mb-px flex h-9 flex-none items-center border-b-2 border-transparent text-[12.5px] font-medium whitespace-nowrap text-muted-foreground hover:text-foreground focus-visible:-outline-offset-2 touch:h-11 touch:text-14",
            pathname === href && "border-foreground text-foreground",
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
