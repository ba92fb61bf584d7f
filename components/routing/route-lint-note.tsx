import { TriangleAlert } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { RouteLint } from "./lint-routes";

type RouteLintNoteProps = { lint: RouteLint; onMove?: (place: number) => void };

/** A warning under the route it is about, with the fix where there is one. */
export function RouteLintNote({ lint, onMove }: RouteLintNoteProps) {
  const { moveAbove } = lint;
  return (
    <p className="flex gap-1.5 text-12 leading-[18px]">
      <TriangleAlert aria-hidden className="mt-0.5 size-3.5 text-state-waiting" />
      <span>
        <b className="font-semibold">{lint.title}</b> {lint.text}{" "}
        {moveAbove !== undefined && onMove ? (
          <Button variant="link" size="xs" className="relative z-10" onClick={() => onMove(moveAbove)}>
            Move above {moveAbove + 1}
          </Button>
        ) : null}
      </span>
    </p>
  );
}
