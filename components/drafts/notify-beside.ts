import { notify } from "@/components/layout/notify";
import type { StateName } from "@/components/state/state-map";

/** A notice where it covers nothing. On a phone it would lie on the decision bar, which says the same by itself. */
export function notifyBeside(state: StateName, title: string, description: string): void {
  if (window.matchMedia("(min-width: 56.25rem)").matches) notify(state, title, { description });
}
