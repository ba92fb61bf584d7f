"use client";

import { type KeyboardEvent, useState } from "react";

type ListKeys<Row> = {
  rows: readonly Row[];
  /** What typing letters jumps to. */
  nameOf: (row: Row) => string;
  onEnter: (row: Row) => void;
  /** To the right: only what can be entered. */
  onRight: (row: Row) => void;
  onUp: () => void;
};

/** The arrow keys of a list that has one focus and an active row: up, down, home, end, letters, in and out. */
export function useListKeys<Row>({ rows, nameOf, onEnter, onRight, onUp }: ListKeys<Row>) {
  const [active, setActive] = useState(0);
  const at = Math.min(active, Math.max(0, rows.length - 1));
  const current = rows[at];

  function jump(letter: string) {
    const turned = [...rows.keys()].map((_, step) => (at + 1 + step) % rows.length);
    const found = turned.find((index) => {
      const row = rows[index];
      return row !== undefined && nameOf(row).toLowerCase().startsWith(letter);
    });
    if (found !== undefined) setActive(found);
  }
  /** Did the key mean something here? */
  function press(key: string): boolean {
    switch (key) {
      case "ArrowDown":
        setActive(Math.min(rows.length - 1, at + 1));
        return true;
      case "ArrowUp":
        setActive(Math.max(0, at - 1));
        return true;
      case "Home":
        setActive(0);
        return true;
      case "End":
        setActive(rows.length - 1);
        return true;
      case "Enter":
        if (current !== undefined) onEnter(current);
        return true;
      case "ArrowRight":
        if (current !== undefined) onRight(current);
        return true;
      case "ArrowLeft":
      case "Backspace":
        onUp();
        return true;
      default:
        if (key.length !== 1 || key === " ") return false;
        jump(key.toLowerCase());
        return true;
    }
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    if (press(event.key)) event.preventDefault();
  }
  return { active: at, setActive, onKeyDown };
}
