import { flushSync } from "react-dom";

/**
 * Makes a change that may take the pressed control away, as a row's own Remove does. Then what came into its place has the
 * focus, or the last control of the group: lost, it would start again at the top of the page.
 */
export function keepFocus(control: HTMLElement, change: () => void): void {
  const group = control.closest("fieldset") ?? document.body;
  const place = controlsOf(group).indexOf(control);
  flushSync(change);
  if (control.isConnected) return;
  const left = controlsOf(group);
  (left[place] ?? left.at(-1))?.focus();
}

const controlsOf = (group: Element): HTMLElement[] => [
  ...group.querySelectorAll<HTMLElement>("button:enabled, input:enabled"),
];
