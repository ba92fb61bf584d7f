/** Ids of what evidence points at, within one drawing of the page: a draft's parts are drawn for wide and for narrow. */
export const codeId = (scope: string, path: string, line: number | null) =>
  `${scope}-code-${path}:${line ?? ""}`;
export const commitId = (scope: string, hash: string) => `${scope}-commit-${hash.slice(0, 10)}`;

/** Unfolds whatever hides it, brings it into view and gives it the focus. */
export function reveal(element: HTMLElement): void {
  for (let up: Element | null = element; up; up = up.parentElement) {
    if (up instanceof HTMLDetailsElement) up.open = true;
  }
  const inside = element.querySelector("details");
  if (inside) inside.open = true;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  element.focus({ preventScroll: true });
}
