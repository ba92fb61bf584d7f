"use client";

import { type PointerEvent, useRef, useState } from "react";
import { placeAt } from "./drag-place";

type Drag = { from: number; to: number };

/**
 * Dragging a row of an ordered list by its handle, with mouse, pen or finger. The list's rows carry `data-place`. Nothing
 * moves before it is let go; a lost pointer leaves everything as it was.
 */
export function useRowDrag(onMove: (from: number, to: number) => void) {
  const list = useRef<HTMLOListElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);

  const start = (from: number) => (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ from, to: from });
  };
  const handle = (from: number) => ({
    onPointerDown: start(from),
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (!drag) return;
      const rows = [...(list.current?.querySelectorAll<HTMLElement>("[data-place]") ?? [])];
      const boxes = rows.map((row) => row.getBoundingClientRect());
      const to = placeAt(boxes, event.clientY, drag.from);
      if (to !== drag.to) setDrag({ from: drag.from, to });
    },
    onPointerUp: () => {
      if (drag && drag.to !== drag.from) onMove(drag.from, drag.to);
      setDrag(null);
    },
    onPointerCancel: () => setDrag(null),
  });
  /** On which edge of a row the dragged one would come to lie. */
  const edgeOf = (place: number): "above" | "below" | null => {
    if (!drag || drag.to !== place || drag.to === drag.from) return null;
    return drag.to < drag.from ? "above" : "below";
  };
  return { list, handle, edgeOf, draggedPlace: drag?.from ?? null };
}
