import { Info, OctagonAlert, TriangleAlert } from "lucide-react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { noteFix, noteTitle, type RouteNote } from "./route-notes";

const looks = {
  error: { Icon: OctagonAlert, ink: "text-state-failed", word: "Wrong:" },
  warning: { Icon: TriangleAlert, ink: "text-state-waiting", word: "Warning:" },
  info: { Icon: Info, ink: "text-muted-foreground", word: "Note:" },
};

type RouteNoteLineProps = {
  note: RouteNote;
  /** The place it would have to move above, where that is the fix. */
  above?: number | undefined;
  onMove?: ((place: number) => void) | undefined;
};

/** What is amiss and what to do about it, with the fix as a button where one click is enough. */
export function RouteNoteLine({ note, above, onMove }: RouteNoteLineProps) {
  const { Icon, ink, word } = looks[note.severity];
  return (
    <p className="flex gap-1.5 text-12 leading-[18px]">
      <Icon aria-hidden className={cn("mt-0.5 size-3.5", ink)} />
      <span className="min-w-0 break-words">
        <span className="sr-only">{word} </span>
        <b className="font-semibold">{noteTitle(note)}</b> {note.message}{" "}
        {above !== undefined && onMove ? (
          <Button variant="link" size="xs" className="relative z-10" onClick={() => onMove(above)}>
            Move above {above + 1}
          </Button>
        ) : (
          <span className="text-muted-foreground">{noteFix(note)}</span>
        )}
      </span>
    </p>
  );
}
