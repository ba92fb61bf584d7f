"use client";

import { useQuery } from "@tanstack/react-query";
import { CircuitNote } from "@/components/destinations/circuit-note";
import type { PostWire } from "@/lib/contracts/post";
import { destinationActivityQuery } from "@/lib/queries/destination-activity";

/** Why a delivery that is due still waits: its destination is stopped, does not answer, or asked to be left alone. */
export function HeldBack({ post }: { post: PostWire }) {
  const waits = post.state === "due" || post.state === "retrying";
  const activity = useQuery({
    ...destinationActivityQuery(post.destination_id ?? "", "1"),
    enabled: waits && post.destination_id !== undefined,
  });
  return waits && activity.data ? <CircuitNote activity={activity.data} /> : null;
}
