import { GateGlyph } from "@/components/state/gate-glyph";
import { useNames } from "@/lib/queries/names";
import type { RouteGate } from "./route-gate";

type RouteSendsToProps = { gate: RouteGate; ids: readonly string[]; isDefault: boolean };

/** The gate between when and where: closed when a person must approve. Beside it the destinations and the rule. */
export function RouteSendsTo({ gate, ids, isDefault }: RouteSendsToProps) {
  const name = useNames();
  return (
    <div className="col-start-2 flex min-w-0 gap-2.5 sm:contents">
      <span className="mt-0.5 flex-none" title={gate.said}>
        <GateGlyph name={gate.closed ? "required" : "open"} />
        <span className="sr-only">{gate.said}. </span>
      </span>
      <span className="flex min-w-0 flex-col text-12 leading-5">
        <span className="sr-only">Sends to </span>
        {ids.length === 0 ? <span className="text-muted-foreground">nowhere</span> : null}
        {ids.map((id) => (
          <span key={id} className="truncate font-medium" title={name.destination(id)}>
            {name.destination(id)}
          </span>
        ))}
        {isDefault && ids.length > 0 ? <span className="text-muted-foreground">by default</span> : null}
      </span>
      <span className="ml-auto text-12 leading-5 sm:ml-0">{gate.word}</span>
    </div>
  );
}
