"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { DestinationKindIcon } from "@/components/destinations/destination-kind-icon";
import { Section } from "@/components/layout/section";
import { StateLabel } from "@/components/state/state-label";
import type { StateName } from "@/components/state/state-map";
import type { StatusWire } from "@/lib/contracts/status";
import { destinationsPath } from "@/lib/paths";
import { statusQuery } from "@/lib/queries/settings";
import { missingWords } from "./queue-items";

type Readiness = StatusWire["destination_readiness"][number];

/** Held by the monitor's pause is not the destination's fault. */
function stateOfDestination({ enabled, ready, missing, circuit }: Readiness): StateName {
  if (!enabled) return "disabled";
  if (ready) return circuit ? "degraded" : "destinationReady";
  const own = missing.some((code) => code !== "monitor_paused" && code !== "monitor_disabled");
  return own ? "notReady" : "held";
}

/** Each destination with its readiness: word, reason, fix. */
export function DestinationHealth() {
  const { data: status } = useQuery(statusQuery());
  if (!status || status.destination_readiness.length === 0) return null;
  const names = new Map(status.destinations.map((each) => [each.destination_id, each.name]));
  return (
    <Section title="Destinations" count={status.destination_readiness.length}>
      <ul className="-mt-1">
        {status.destination_readiness.map((row) => {
          const name = names.get(row.destination_id) || row.destination_id;
          const href = destinationsPath({ id: row.destination_id });
          const state = stateOfDestination(row);
          return (
            <li key={row.destination_id} className="border-b border-border py-2 last:border-b-0">
              <div className="flex min-w-0 items-center gap-2">
                <DestinationKindIcon kind={row.kind} />
                <Link href={href} className="min-w-0 flex-1 truncate font-medium hover:underline">
                  {name}
                </Link>
                <StateLabel state={state} />
              </div>
              {state === "degraded" ? (
                <p className="pl-5.5 text-12 text-muted-foreground">
                  It does not answer, so deliveries wait.{" "}
                  <Link href={href} className="link">
                    Look<span className="sr-only"> at {name}</span>
                  </Link>
                </p>
              ) : null}
              {state === "notReady" ? (
                <p className="pl-5.5 text-12 text-muted-foreground">
                  {row.detail ?? row.missing.map(missingWords).join("; ")}{" "}
                  <Link href={href} className="link">
                    Fix<span className="sr-only"> {name}</span>
                  </Link>
                </p>
              ) : null}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
