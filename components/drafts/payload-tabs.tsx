"use client";

import { DestinationKindIcon } from "@/components/destinations/destination-kind-icon";
import { Alert } from "@/components/ui/alert";
import { cn } from "@/components/ui/cn";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import type { DestinationReviewWire } from "@/lib/contracts/review";
import { PayloadFacts } from "./payload-facts";
import { PayloadRaw } from "./payload-raw";
import { PayloadRendered } from "./payload-rendered";
import { SentBefore } from "./sent-before";

export type PayloadForm = "rendered" | "raw";

type PayloadTabsProps = {
  destinations: readonly DestinationReviewWire[];
  form: PayloadForm;
  /** Controlled where something beside it points at a destination. */
  value?: string;
  onValueChange?: (destinationId: string) => void;
};

/** The exact payload of each destination. On a phone the tabs are a segmented row. */
export function PayloadTabs({ destinations, form, value, onValueChange }: PayloadTabsProps) {
  const first = destinations[0];
  if (!first)
    return <p className="text-muted-foreground">No destination is chosen, so nothing would leave.</p>;
  return (
    <Tabs
      defaultValue={value === undefined ? first.destination_id : undefined}
      value={value}
      onValueChange={onValueChange}
    >
      <TabsList
        aria-label="Destinations"
        className="max-md:mx-0 max-md:gap-0 max-md:rounded-md max-md:px-0 max-md:border max-md:border-border-strong"
      >
        {destinations.map((each) => (
          <TabsTrigger
            key={each.destination_id}
            value={each.destination_id}
            className={cn(
              "min-w-0 max-md:mb-0 max-md:h-11 max-md:flex-1 max-md:justify-center max-md:border-b-0 max-md:px-3 max-md:text-14 max-md:focus-visible:after:inset-x-1",
              "max-md:not-first:border-l max-md:not-first:border-l-border-strong max-md:data-[state=active]:bg-accent",
            )}
          >
            <DestinationKindIcon kind={each.kind} />
            <span className="truncate">{each.name}</span>
          </TabsTrigger>
        ))}
      </TabsList>
      {destinations.map((each) => (
        <TabsContent
          key={each.destination_id}
          value={each.destination_id}
          className="flex flex-col gap-2 pt-2.5"
        >
          {each.payload ? (
            <>
              <PayloadFacts payload={each.payload} />
              {each.sent_before ? <SentBefore sent={each.sent_before} /> : null}
              {form === "raw" ? (
                <PayloadRaw payload={each.payload} />
              ) : (
                <PayloadRendered payload={each.payload} />
              )}
            </>
          ) : (
            <Alert tone="waiting" title="Nothing can be made for this destination.">
              {each.render_error?.message ?? each.missing[0]?.message ?? "Its settings are not complete."}
            </Alert>
          )}
        </TabsContent>
      ))}
    </Tabs>
  );
}
