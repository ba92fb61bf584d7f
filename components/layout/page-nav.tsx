"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/components/ui/cn";
import { focusBeside } from "@/components/ui/tabs";

type PageNavProps = { label: string; pages: ReadonlyArray<{ label: string; href: string }> };

/** The pages of one section, under its header. On a phone it scrolls by itself. */
export function PageNav({ label, pages }: PageNavProps) {
  const pathname = usePathname();
  return (
    <nav
      aria-label={label}
      className="flex flex-none gap-4 overflow-x-auto border-b border-border px-4 md:px-6"
    >
      {pages.map((page) => (
        <Link
          key={page.href}
          href={page.href}
          aria-current={pathname === page.href ? "page" : undefined}
          className={cn(
            "-mb-px flex h-9 flex-none items-center border-b-2 border-transparent text-[12.5px] font-medium whitespace-nowrap text-muted-foreground hover:text-foreground touch:h-11 touch:text-14",
            focusBeside,
            pathname === page.href && "border-foreground text-foreground",
          )}
        >
          {page.label}
        </Link>
      ))}
    </nav>
  );
}
