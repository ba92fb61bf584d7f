"use client";

import { SwitchRow } from "@/components/settings/switch-row";
import { FieldSet } from "@/components/ui/field-set";
import type { RouteWire } from "@/lib/contracts/config";

type RouteBehaviourProps = { route: RouteWire; onChange: (route: RouteWire) => void };

/** What happens once it matched: go on to later routes, or only write down what would have been sent. */
export function RouteBehaviour({ route, onChange }: RouteBehaviourProps) {
  const shadow = route.mode === "shadow";
  return (
    <FieldSet legend="When it matches" className="gap-3">
      <SwitchRow
        label="Also look at later routes"
        help={
          shadow
            ? "A shadow route never ends the search, whatever this says."
            : "The next match adds its destinations; the strictest approval of all counts."
        }
        checked={route.continue === true}
        onChange={(on) => onChange({ ...route, continue: on })}
      />
      <SwitchRow
        label="Only record what it would have sent"
        help="A shadow route decides nothing. Look at Shadow decisions before you let it."
        checked={shadow}
        onChange={(on) => onChange({ ...route, mode: on ? "shadow" : "live" })}
      />
    </FieldSet>
  );
}
