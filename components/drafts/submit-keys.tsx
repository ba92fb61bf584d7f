import type { FormEvent, KeyboardEvent } from "react";
import { Kbd } from "@/components/ui/kbd";

/** Cmd or Ctrl with Enter sends the form from any of its fields; where there is a next one, it goes on to it. */
export function submitOnModEnter(event: KeyboardEvent<HTMLFormElement>) {
  if (!isModEnter(event)) return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
}

/** The same for a form that does something else with the keys than with its button. */
export function onModEnter(run: () => void) {
  return (event: KeyboardEvent<HTMLFormElement>) => {
    if (!isModEnter(event)) return;
    event.preventDefault();
    run();
  };
}

const isModEnter = (event: KeyboardEvent) => event.key === "Enter" && (event.metaKey || event.ctrlKey);

/** A server action decides, never the browser's own submit. */
export function submitWith(run: () => void) {
  return (event: FormEvent) => {
    event.preventDefault();
    run();
  };
}

/** The keys at the end of a dialog's button, as this keyboard has them. */
export function SubmitKeys() {
  const mac = typeof navigator !== "undefined" && /Mac|iP/.test(navigator.platform);
  return (
    <span aria-hidden className="flex gap-0.5 pl-0.5 touch:hidden">
      <Kbd className="mr-0!">{mac ? "⌘" : "ctrl"}</Kbd>
      <Kbd>↵</Kbd>
    </span>
  );
}
