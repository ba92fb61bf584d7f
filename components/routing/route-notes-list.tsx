import { MoreSettings } from "@/components/settings/more-settings";
import { plural } from "@/components/settings/words";
import { Button } from "@/components/ui/button";
import type { RouteWire } from "@/lib/contracts/config";
import { RouteNoteLine } from "./route-note-line";
import { noteFix, noteTitle, type RouteNote } from "./route-notes";

type RouteNotesListProps = {
  notes: readonly RouteNote[];
  ordered: readonly RouteWire[];
  onSelect: (id: string) => void;
};

/** All of it on top: those of a route lead to it, those of the whole table are said in full here. */
export function RouteNotesList({ notes, ordered, onSelect }: RouteNotesListProps) {
  if (notes.length === 0) return null;
  const placeOf = (note: RouteNote) => ordered.findIndex((route) => route.route_id === note.routeId);
  const ofRoutes = notes.filter((note) => placeOf(note) !== -1);
  const ofTable = notes.filter((note) => placeOf(note) === -1);
  const severe = notes.filter((note) => note.severity !== "info").length;
  const counts = [
    severe > 0 ? plural(severe, "warning") : "",
    severe < notes.length ? plural(notes.length - severe, "remark") : "",
  ];
  return (
    <section aria-label="What to look at" className="px-4 pb-3">
      <MoreSettings title="What to look at" summary={counts.filter(Boolean).join(", ")} open={severe > 0}>
        <ul className="flex flex-col gap-1">
          {ofTable.map((note) => (
            <li key={note.key}>
              <RouteNoteLine note={note} />
            </li>
          ))}
          {ofRoutes.map((note) => {
            const route = ordered[placeOf(note)];
            return (
              <li key={note.key} className="flex min-w-0 gap-1.5 text-12 leading-[18px]">
                <span className="w-5 flex-none text-right text-muted-foreground">{placeOf(note) + 1}</span>
                <Button
                  variant="link"
                  size="xs"
                  className="min-w-0 flex-none"
                  onClick={() => route && onSelect(route.route_id)}
                >
                  <span className="truncate">{route?.name || "New route"}</span>
                </Button>
                <span className="min-w-0 truncate">
                  {noteTitle(note)} <span className="text-muted-foreground">{noteFix(note)}</span>
                </span>
              </li>
            );
          })}
        </ul>
      </MoreSettings>
    </section>
  );
}
