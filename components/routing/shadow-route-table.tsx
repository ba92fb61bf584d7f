"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { RelativeTime } from "@/components/layout/relative-time";
import { andWords } from "@/components/settings/words";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { ShadowDecisionListWire, ShadowDecisionWire } from "@/lib/contracts/shadow-decision";
import { routingPath } from "@/lib/paths";
import { shadowDecisionsQuery } from "@/lib/queries/backtest";
import { useNames } from "@/lib/queries/names";

type ShadowRoute = ShadowDecisionListWire["routes"][number];
type ShadowRouteTableProps = { routes: readonly ShadowRoute[]; newest: readonly ShadowDecisionWire[] };

/** Each shadow route: how often, how often as it was decided, and where it would have gone last. */
export function ShadowRouteTable({ routes, newest }: ShadowRouteTableProps) {
  return (
    <Table>
      <TableHeader>
        <TableRow>
          <TableHead>Route</TableHead>
          <TableHead>Would have gone to</TableHead>
          <TableHead align="right" className="pr-6">
            Decisions
          </TableHead>
          <TableHead>Last</TableHead>
          <TableHead align="right">As decided</TableHead>
          <TableHead align="right">Would ask a person</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {routes.map((route) => (
          <ShadowRow
            key={route.route_id}
            route={route}
            known={newest.find((each) => each.route_id === route.route_id)}
          />
        ))}
      </TableBody>
    </Table>
  );
}

function ShadowRow({ route, known }: { route: ShadowRoute; known: ShadowDecisionWire | undefined }) {
  const name = useNames();
  // A quiet route's last decision may be older than the newest page of all.
  const own = useInfiniteQuery({
    ...shadowDecisionsQuery({ route_id: route.route_id }),
    enabled: known === undefined,
  });
  const last = known ?? own.data?.pages[0]?.decisions[0];
  return (
    <TableRow>
      <TableCell>
        <Link href={routingPath({ route: route.route_id })} className="link">
          {route.route_name}
        </Link>
      </TableCell>
      <TableCell>{last ? andWords(last.destination_ids.map(name.destination)) || "nowhere" : null}</TableCell>
      <TableCell align="right" className="pr-6">
        {route.decisions}
      </TableCell>
      <TableCell>{last ? <RelativeTime value={last.at_ms} /> : null}</TableCell>
      <TableCell align="right">{route.agreeing}</TableCell>
      <TableCell align="right">{route.approval_required}</TableCell>
    </TableRow>
  );
}
