/**
 * Where the focus goes when a decision's dialog closes: back to what opened it, or, when the decision took that away,
 * to the next action at the gate or to its headline.
 */
export function returnFocus(opener: Element | null) {
  return (event: Event) => {
    event.preventDefault();
    const candidates = [
      opener,
      ...document.querySelectorAll("[data-gate-action]"),
      ...document.querySelectorAll("[data-gate-title]"),
    ];
    const next = candidates.find(
      (each) => each instanceof HTMLElement && each.isConnected && each.offsetParent !== null,
    );
    if (next instanceof HTMLElement) next.focus();
  };
}
