"use client";

import { Plus } from "lucide-react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { type DestinationKind, destinationKinds, kindNames } from "./kinds";

type AddDestinationProps = { onAdd: (kind: DestinationKind) => void };

export function AddDestination({ onAdd }: AddDestinationProps) {
  return (
    <DropdownMenu modal={false}>
      <DropdownMenuTrigger asChild>
        <Button size="sm" className="touch:h-11">
          <Plus aria-hidden />
          Add
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {kindNames.map((kind) => {
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
