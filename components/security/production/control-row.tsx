"use client";

import Link from "next/link";
import { RelativeTime } from "@/components/layout/relative-time";
import { RedactedText } from "@/components/state/redacted-text";
import { StateLabel } from "@/components/state/state-label";
import type { ReadinessControlWire } from "@/lib/contracts/readiness";
import { lookOfControl } from "./readiness-words";
import { Vouching } from "./vouching";

/** One control: how it stands, why, where that is seen, and what comes next. */
export function ControlRow({ control }: { control: ReadinessControlWire }) {
  const look = lookOfControl(control);
  const { acknowledgement: said } = control;
  return (
    <li className="grid min-w-0 gap-x-4 gap-y-1 py-3 md:grid-cols-[11rem_minmax(0,1fr)]">
      <StateLabel state={look.state} word={look.word} className="self-start" />
      <div className="flex min-w-0 flex-col gap-1">
        <h3 className="font-medium">{control.title}</h3>
        <p className="text-muted-foreground">{control.why}</p>
        {said ? (
          <p className="break-words">
            <b className="font-semibold">{said.actor.name}</b> vouched for it{" "}
            <RelativeTime value={said.attested_at_ms} />
            {said.lapsed ? ", until " : ", for another "}
            <RelativeTime value={said.expires_at_ms} format={said.lapsed ? "long" : "left"} />:{" "}
            <RedactedText text={said.note} />
          </p>
        ) : null}
        {control.next_step ? (
          <p>
            <span className="text-muted-foreground">Next:</span> {control.next_step}
          </p>
        ) : null}
        {control.evidence.map((each) => (
          <Link
            key={each.path}
            className="w-fit text-12 underline underline-offset-2 hover:text-foreground"
            href={each.path}
          >
            {each.surface}
          </Link>
        ))}
        {control.state === "customer_owned" ? <Vouching control={control} /> : null}
      </div>
    </li>
  );
}
