"use client";

import { Plus, X } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { keepFocus } from "@/components/settings/keep-focus";
import { MoveButtons } from "@/components/settings/move-buttons";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { FieldSet } from "@/components/ui/field-set";
import type { DestinationWire } from "@/lib/contracts/config";
import { PickedDestination } from "./picked-destination";

type DestinationPickerProps = {
  legend: string;
  help?: ReactNode;
  /** What an empty list means: "Any destination is allowed." */
  empty: string;
  ids: readonly string[];
  onChange: (ids: string[]) => void;
  destinations: readonly DestinationWire[];
  /** Only these may be chosen; the others are left out of the menu. */
  within?: readonly string[];
  ordered?: boolean;
};

/** Destinations by name, in order where the order counts. */
export function DestinationPicker(props: DestinationPickerProps) {
  const { legend, help, empty, ids, onChange, destinations, within, ordered = false } = props;
  const list = useRef<HTMLOListElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const offered = destinations.filter(
    (row) => !ids.includes(row.destination_id) && (!within?.length || within.includes(row.destination_id)),
  );
  const nameOf = (id: string) => destinations.find((each) => each.destination_id === id)?.name || id;
  const move = (index: number, place: number) => {
    const next = [...ids];
    const [moved] = next.splice(index, 1);
    if (moved !== undefined) next.splice(place, 0, moved);
    onChange(next);
  };
  return (
    <FieldSet legend={legend} help={help}>
      {ids.length === 0 ? <p className="text-12 text-muted-foreground">{empty}</p> : null}
      <ol ref={list} className="flex flex-col">
        {ids.map((id, index) => (
          <PickedDestination key={id} id={id} row={destinations.find((each) => each.destination_id === id)}>
            {ordered && ids.length > 1 ? (
              <MoveButtons
                name={nameOf(id)}
                place={index}
                count={ids.length}
                onMove={(place) => move(index, place)}
              />
            ) : null}
            <Button
              variant="ghost"
              size="icon-xs"
              aria-label={`Remove ${nameOf(id)} from ${legend.toLowerCase()}`}
              onClick={({ currentTarget }) =>
                keepFocus(currentTarget, () => onChange(ids.filter((other) => other !== id)))
              }
            >
              <X aria-hidden />
            </Button>
          </PickedDestination>
        ))}
      </ol>
      {offered.length > 0 ? (
        <DropdownMenu modal={false}>
          <DropdownMenuTrigger asChild>
            <Button
              ref={trigger}
              size="xs"
              className="w-fit touch:h-11"
              aria-label={`Add to ${legend.toLowerCase()}`}
            >
              <Plus aria-hidden />
              Add destination
            </Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent
            align="start"
            onCloseAutoFocus={(event) => {
              // With the last one chosen there is no button to go back to.
              if (trigger.current?.isConnected) return;
              event.preventDefault();
              [...(list.current?.querySelectorAll("button") ?? [])].at(-1)?.focus();
            }}
          >
            {offered.map((row) => (
              <DropdownMenuItem
                key={row.destination_id}
                onSelect={() => onChange([...ids, row.destination_id])}
              >
                {row.name || row.destination_id}
              </DropdownMenuItem>
            ))}
          </DropdownMenuContent>
        </DropdownMenu>
      ) : null}
    </FieldSet>
  );
}
