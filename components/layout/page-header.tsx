"use client";

import { ChevronLeft, ChevronRight, Menu } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { useShell } from "./shell-context";
import { ShellTools } from "./shell-tools";

export type Crumb = { label: ReactNode; href?: string };

export type PageHeaderProps = {
  /** The page's h1. For a record screen, whose title is its h1, give `crumbs` and leave this out. */
  title?: ReactNode;
  /** "10 need you", "22, 14 open". */
  count?: ReactNode;
  /** Before the title; the last one is the page at hand. */
  crumbs?: readonly Crumb[];
  /** Phone: an arrow back instead of the menu. */
  backHref?: string;
  backLabel?: string;
  /** Between the title and the tools: a pager, the "3 new" pill. */
  children?: ReactNode;
  className?: string;
};

/** The top bar, 48 px (52 on a phone): where you are at the left, the shell's tools at the right. */
export function PageHeader({
  title,
  count,
  crumbs = [],
  backHref,
  backLabel,
  children,
  className,
}: PageHeaderProps) {
  const shell = useShell();
  return (
    <header
      data-slot="page-header"
      className={cn(
        "flex h-13 flex-none items-center gap-2 border-b border-border bg-background pr-2 pl-1 md:h-12 md:gap-3 md:px-6",
        className,
      )}
    >
      {backHref ? (
        <Button
          asChild
          variant="ghost"
          size="icon-lg"
          aria-label={backLabel ?? "Back"}
          className="-mr-3 md:hidden"
        >
          <Link href={backHref}>
            <ChevronLeft aria-hidden />
          </Link>
        </Button>
      ) : shell ? (
        <Button
          variant="ghost"
          size="icon-lg"
          aria-label="Menu"
          onClick={shell.openNav}
          className="-mr-2 md:hidden"
        >
          <Menu aria-hidden />
        </Button>
      ) : null}
      {/* On a phone the count stands under the name: side by side, both would be cut. */}
      <div className="flex min-w-0 items-baseline gap-2 max-md:pl-2 max-sm:flex-col max-sm:gap-0">
        {crumbs.length > 0 ? (
          <nav aria-label="Breadcrumb" className={cn("max-w-full min-w-0", title && "max-md:hidden")}>
            <ol className="flex min-w-0 items-center gap-1.5 text-muted-foreground">
              {crumbs.map((crumb, index) => {
                const last = index === crumbs.length - 1 && !title;
                return (
                  <li
                    // biome-ignore lint/suspicious/noArrayIndexKey: crumbs never move
                    key={index}
                    className={cn("flex min-w-0 items-center gap-1.5", !last && "max-md:hidden")}
                  >
                    {index > 0 ? <ChevronRight aria-hidden className="size-3.5 max-md:hidden" /> : null}
                    {crumb.href ? (
                      <Link href={crumb.href} className="truncate hover:text-foreground">
                        {crumb.label}
                      </Link>
                    ) : (
                      <span
                        aria-current={last ? "page" : undefined}
                        className={cn("truncate", last && "font-semibold text-foreground")}
                      >
                        {crumb.label}
                      </span>
                    )}
                  </li>
                );
              })}
              {title ? <ChevronRight aria-hidden className="size-3.5 max-md:hidden" /> : null}
            </ol>
          </nav>
        ) : null}
        {title ? (
          <h1 className="truncate text-14 font-semibold max-sm:line-clamp-2 max-sm:leading-4 max-sm:whitespace-normal">
            {title}
          </h1>
        ) : null}
        {count === undefined ? null : (
          // What is short of room gives way before the page's name does.
          <span
            className="max-w-full min-w-0 shrink-999 truncate text-12 text-muted-foreground max-sm:flex-none"
            title={typeof count === "string" ? count : undefined}
          >
            {count}
          </span>
        )}
      </div>
      <div className="ml-auto flex flex-none items-center gap-2 md:gap-3">
        {children}
        <ShellTools />
      </div>
    </header>
  );
}
