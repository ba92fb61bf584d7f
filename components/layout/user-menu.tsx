"use client";

import { Bell, LogOut, UserRound } from "lucide-react";
import Link from "next/link";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/cn";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { accountPath, notificationsPath } from "@/lib/paths";
import type { ShellUser } from "./shell-context";

type UserMenuProps = { user: ShellUser; rail: boolean; onSignOut: () => void };

/** Who acts here and with which role; the role is in sight at every width. */
export function UserMenu({ user, rail, onSignOut }: UserMenuProps) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={`${user.name}, ${user.role}. Account`}
        className={cn(
          "rounded-md text-left hover:bg-accent data-[state=open]:bg-accent",
          rail ? "-mx-1.5 flex w-12 flex-col items-center gap-0.5 py-1" : "flex items-center gap-2 px-2 py-1",
        )}
      >
        <Avatar name={user.name} />
        {rail ? (
          <span className="max-w-full truncate text-[9.5px] leading-3 tracking-tight text-muted-foreground">
            {user.role}
          </span>
        ) : (
          <span className="flex min-w-0 flex-col leading-4">
            <span className="truncate font-medium text-foreground">{user.name}</span>
            <span className="truncate text-11 text-muted-foreground">
              {user.role}
              {user.scope ? ` · ${user.scope}` : null}
            </span>
          </span>
        )}
      </DropdownMenuTrigger>
      <DropdownMenuContent side="top" align="start" className="min-w-50">
        <DropdownMenuLabel className="pb-1.5 text-12">
          <span className="block font-medium text-foreground">{user.name}</span>
          {user.email ? <span className="block">{user.email}</span> : null}
          <span className="block">Role: {user.role}</span>
        </DropdownMenuLabel>
        <DropdownMenuSeparator />
        <DropdownMenuItem asChild>
          <Link href={notificationsPath()}>
            <Bell aria-hidden />
            Notifications
          </Link>
        </DropdownMenuItem>
        <DropdownMenuItem asChild>
          <Link href={accountPath()}>
            <UserRound aria-hidden />
            Your account
          </Link>
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={onSignOut}>
          <LogOut aria-hidden />
          Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
