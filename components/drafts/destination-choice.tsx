"use client";

import Link from "next/link";
import { useId } from "react";
import { DestinationKindIcon } from "@/components/destinations/destination-kind-icon";
import { StateLabel } from "@/components/state/state-label";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import type { DestinationReviewWire } from "@/lib/contracts/review";
import { destinationsPath } from "@/lib/paths";

type DestinationChoiceProps = {
  destination: DestinationReviewWire;
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  /** What it would do, or why it cannot be chosen. */
  help: string;
  disabled?: boolean;
  /** On a phone, where the payload is below. */
  onSeePayload?: () => void;
};

/** One destination as a check box, with where it leads and whether it is ready. */
export function DestinationChoice(props: DestinationChoiceProps) {
  const { destination, checked, onCheckedChange, help, disabled, onSeePayload } = props;
  const id = useId();
  const fixable = !destination.ready && destination.post?.state !== "published";
  return (
    <li className="grid grid-cols-[16px_16px_minmax(0,1fr)_auto] gap-x-2.5 border-b border-border py-2.5 touch:py-3">
      <span className="flex h-5 items-center">
        <Checkbox
          id={id}
          checked={checked}
          disabled={disabled}
          aria-describedby={`${id}-help`}
          onCheckedChange={(next) => onCheckedChange(next === true)}
        />
      </span>
      <span className="flex h-5 items-center">
        <DestinationKindIcon kind={destination.kind} />
      </span>
      <label
        htmlFor={id}
        className={cn(
          "flex min-w-0 items-baseline gap-2",
          disabled ? "cursor-not-allowed" : "cursor-pointer",
        )}
      >
        <span className="flex-none font-medium">{destination.name}</span>
        <span className="truncate font-mono text-12 text-muted-foreground">
          {destination.payload?.target_ref}
        </span>
      </label>
      {destination.post?.state === "published" ? (
        <StateLabel facet="delivery" value="published" />
      ) : (
        <StateLabel facet="readiness" value={destination.ready ? "ready" : "not_ready"} />
      )}
      <p id={`${id}-help`} className="col-start-3 col-end-5 text-12 break-words text-muted-foreground">
        {help}
        {fixable ? (
          <>
            {" "}
            <Link href={destinationsPath({ id: destination.destination_id })} className="link">
              See its settings
            </Link>
          </>
        ) : null}
        {onSeePayload ? (
          <>
            {" "}
            <button type="button" onClick={onSeePayload} className="link md:hidden">
              See payload
            </button>
          </>
        ) : null}
      </p>
    </li>
  );
}
