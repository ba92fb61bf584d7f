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
import { destinationKinds, kindNames } from "./kinds";

type AddDestinationProps = { onAdd: (kind: "webhook" | "telemetry") => void };

/** The kinds that can be added; the ones to come are named, so that nobody looks for them elsewhere. */
export function AddDestination({ onAdd }: AddDestinationProps) {
  const later = kindNames.filter((kind) => !destinationKinds[kind].editable);
  return (
    <DropdownMenu modal={false}>
      <DropdownMenuTrigger asChild>
        <Button size="sm" className="touch:h-11">
          <Plus aria-hidden />
          Add
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {(["webhook", "telemetry"] as const).map((kind) => {
          const { Icon, long } = destinationKinds[kind];
          return (
            <DropdownMenuItem key={kind} onSelect={() => onAdd(kind)}>
              <Icon aria-hidden />
              {long}
            </DropdownMenuItem>
          );
        })}
        <DropdownMenuSeparator />
        <DropdownMenuLabel>Coming in a later version</DropdownMenuLabel>
        {later.map((kind) => {
          const { Icon, long } = destinationKinds[kind];
          return (
            <DropdownMenuItem key={kind} disabled>
              <Icon aria-hidden />
              {long}
            </DropdownMenuItem>
          );
        })}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
