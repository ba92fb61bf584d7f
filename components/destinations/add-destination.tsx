"use client";

import { Plus } from "lucide-react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { type DestinationKind, destinationKinds, kindNames } from "./kinds";

type AddDestinationProps = { onAdd: (kind: DestinationKind) => void };

/** Every kind can be added; those that cannot send yet say so before they are chosen. */
export function AddDestination({ onAdd }: AddDestinationProps) {
  const now = kindNames.filter((kind) => destinationKinds[kind].sends);
  const later = kindNames.filter((kind) => !destinationKinds[kind].sends);
  return (
    <DropdownMenu modal={false}>
      <DropdownMenuTrigger asChild>
        <Button size="sm" className="touch:h-11">
          <Plus aria-hidden />
          Add
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {now.map((kind) => {
          const { Icon, long } = destinationKinds[kind];
          return (
            <DropdownMenuItem key={kind} onSelect={() => onAdd(kind)}>
              <Icon aria-hidden />
              {long}
            </DropdownMenuItem>
          );
        })}
        <DropdownMenuSeparator />
        <DropdownMenuLabel>Set up now, sent to in a later version</DropdownMenuLabel>
        {later.map((kind) => {
          const { Icon, long } = destinationKinds[kind];
          return (
            <DropdownMenuItem key={kind} onSelect={() => onAdd(kind)}>
              <Icon aria-hidden />
              {long}
            </DropdownMenuItem>
          );
        })}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
