import { Fact, Facts } from "@/components/layout/facts";
import type { DestinationWire } from "@/lib/contracts/config";
import { destinationKinds, targetOf } from "./kinds";

/** A kind this version cannot edit yet: what is stored, and that it is kept. */
export function LaterKind({ row }: { row: DestinationWire }) {
  const { long } = destinationKinds[row.kind];
  return (
    <>
      <p className="text-muted-foreground">
        {long} comes in a later version. This row is kept as it is and can be routed to; deliveries to it are
        blocked until then.
      </p>
      <Facts className="[--term:128px]">
        <Fact term="Name">{row.name}</Fact>
        <Fact term="Id" mono>
          {row.destination_id}
        </Fact>
        <Fact term="Kind">{long}</Fact>
        <Fact term="Target" mono>
          {targetOf(row) || "not set"}
        </Fact>
        <Fact term="Requires approval">{row.require_approval ? "yes" : "no"}</Fact>
        <Fact term="Tags">{row.route_tags.join(", ") || "none"}</Fact>
      </Facts>
    </>
  );
}
