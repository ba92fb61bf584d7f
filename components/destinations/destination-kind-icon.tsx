import { Send } from "lucide-react";
import { destinationKinds } from "@/components/destinations/kinds";
import type { PostWire } from "@/lib/contracts/post";

/** The shape of a destination's kind, beside its name. */
export function DestinationKindIcon({ kind }: { kind: PostWire["destination_kind"] }) {
  const Icon = kind ? destinationKinds[kind].Icon : Send;
  return <Icon aria-hidden className="size-3.5 flex-none text-muted-foreground" />;
}
