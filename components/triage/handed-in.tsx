import { CertaintyMark } from "./certainty-mark";

/** Over what an external agent handed in: it was not read here. */
export function HandedIn({ by }: { by: string }) {
  if (by !== "agent") return null;
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-12 text-muted-foreground">
      <CertaintyMark certainty="model" />
      handed in by an external agent, not read here
    </p>
  );
}
