import { flushSync } from "react-dom";

/**
 * Makes a change that may take the pressed control away, as a row's own Remove does. Then what came into its place has the
 * focus, or the last control of the nearest group that is left: lost, it would start again at the top of the page.
 */
export function keepFocus(control: HTMLElement, change: () => void): void {
  const groups = groupsOf(control).map((group) => ({ group, place: controlsOf(group).indexOf(control) }));
  flushSync(change);
  if (control.isConnected) return;
  for (const { group, place } of groups) {
    const left = group.isConnected ? controlsOf(group) : [];
    const next = left[place] ?? left.at(-1);
    if (next) return next.focus();
  }
}

/** From the innermost outwards: a row may be a group of its own, and go with its control. */
function groupsOf(control: HTMLElement): Element[] {
  const group = control.parentElement?.closest("fieldset");
  return group ? [group, ...groupsOf(group)] : [document.body];
}

const controlsOf = (group: Element): HTMLElement[] => [
  ...group.querySelectorAll<HTMLElement>("button:enabled, input:enabled"),
];
