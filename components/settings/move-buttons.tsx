"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import { useAnnounce } from "@/components/layout/announcer";
import { Button } from "@/components/ui/button";

type MoveButtonsProps = { name: string; place: number; count: number; onMove: (place: number) => void };

/** Up and down in an ordered list, without dragging. At an end the button stays, so that the focus is not lost there. */
export function MoveButtons({ name, place, count, onMove }: MoveButtonsProps) {
  const announce = useAnnounce();
  const move = (to: number) => {
    if (to < 0 || to >= count) return;
    onMove(to);
    announce(`${name} is now ${to + 1} of ${count}.`);
  };
  return (
    <>
      <Button
        variant="ghost"
        size="icon-xs"
        className="aria-disabled:border-transparent aria-disabled:bg-transparent"
        aria-label={`Move ${name} up`}
        aria-disabled={place === 0 || undefined}
        onClick={() => move(place - 1)}
      >
        <ChevronUp aria-hidden />
      </Button>
      <Button
        variant="ghost"
        size="icon-xs"
        className="aria-disabled:border-transparent aria-disabled:bg-transparent"
        aria-label={`Move ${name} down`}
        aria-disabled={place === count - 1 || undefined}
        onClick={() => move(place + 1)}
      >
        <ChevronDown aria-hidden />
      </Button>
    </>
  );
}
