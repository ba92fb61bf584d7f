"use client";

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { type RowSpan, spanInSight, windowedFrom } from "./row-window";

const useIsomorphicLayoutEffect = typeof window === "undefined" ? useEffect : useLayoutEffect;

type RowWindow = RowSpan & {
  /** Room that rows which are not in the page would take, px. */
  before: number;
  after: number;
  /** Brings a row into sight that may not be in the page. */
  reveal: (index: number) => void;
};

/** Which of many rows of one height are in the page: those in sight of `pane` and some around them. `list` holds the rows. */
export function useRowWindow(
  pane: RefObject<HTMLElement | null>,
  list: RefObject<HTMLElement | null>,
  count: number,
): RowWindow {
  const [span, setSpan] = useState<RowSpan>({ from: 0, to: windowedFrom });
  const height = useRef(57);
  const isWindowed = count > windowedFrom;
  const topOfList = useCallback(() => {
    if (!pane.current || !list.current) return 0;
    const offset = list.current.getBoundingClientRect().top - pane.current.getBoundingClientRect().top;
    return offset + pane.current.scrollTop;
  }, [pane, list]);

  useIsomorphicLayoutEffect(() => {
    const box = pane.current;
    if (!box || !isWindowed) return;
    const settle = () => {
      const row = list.current?.firstElementChild;
      if (row instanceof HTMLElement && row.offsetHeight > 0) height.current = row.offsetHeight;
      const sight = { top: box.scrollTop - topOfList(), height: box.clientHeight };
      const next = spanInSight(sight, height.current, count);
      setSpan((now) => (now.from === next.from && now.to === next.to ? now : next));
    };
    settle();
    const resized = new ResizeObserver(settle);
    resized.observe(box);
    box.addEventListener("scroll", settle, { passive: true });
    return () => {
      resized.disconnect();
      box.removeEventListener("scroll", settle);
    };
  }, [pane, list, count, isWindowed, topOfList]);

  const reveal = useCallback(
    (index: number) => {
      const box = pane.current;
      if (box) box.scrollTop = topOfList() + index * height.current - box.clientHeight / 2;
    },
    [pane, topOfList],
  );
  const { from, to } = isWindowed
    ? { from: span.from, to: Math.min(span.to, count) }
    : { from: 0, to: count };
  return { from, to, before: from * height.current, after: (count - to) * height.current, reveal };
}
