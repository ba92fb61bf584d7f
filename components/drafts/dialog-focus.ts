/**
 * Where the focus goes when a decision's dialog closes: back to what opened it, or, when the decision took that away,
 * to the next action at the gate or to its headline. Where the focus was put elsewhere meanwhile (on the row from which the
 * queue goes on) it stays there.
 */
export function returnFocus(opener: Element | null) {
  return (event: Event) => {
    event.preventDefault();
    if (document.activeElement?.matches("[data-draft-row]")) return;
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

/** A dialog opens on its first field, not on the copy button of its head. A field with autoFocus comes before this. */
export function focusFirstField(event: Event) {
  if (!(event.target instanceof HTMLElement)) return;
  const field = event.target.querySelector<HTMLElement>(
    "[data-slot=dialog-body] :is(button, input, textarea):not(:disabled)",
  );
  if (!field) return;
  event.preventDefault();
  field.focus();
}
