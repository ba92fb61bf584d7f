"use client";

import { RelativeTime } from "@/components/layout/relative-time";
import { SecretReveal } from "@/components/settings/secret-reveal";
import type { IntakeKeyWire } from "@/lib/contracts/intake-key";
import { useNames } from "@/lib/queries/names";
import { KeySnippets } from "./key-snippets";

type KeyRevealProps = {
  intakeKey: IntakeKeyWire;
  rawKey: string;
  /** The key it takes over from, with its end. */
  previous?: IntakeKeyWire;
  onDone: () => void;
};

/** The one time a raw key is shown, with what to paste it into. */
export function KeyReveal({ intakeKey, rawKey, previous, onDone }: KeyRevealProps) {
  const name = useNames();
  return (
    <SecretReveal
      title={`Key ${intakeKey.name}`}
      description={`It can report for ${name.project(intakeKey.project_id)} and do nothing else: not read, not decide, not publish.`}
      lost="Only a hash is kept here. A lost key cannot be shown again; make a new one instead."
      secret={rawKey}
      copyLabel="Copy key"
      done="I have stored it"
      onDone={onDone}
    >
      {previous ? (
        <p>
          The old key, <code>{previous.prefix}…</code>, ends <RelativeTime value={previous.expires_at_ms} />.
          Until then both report.
        </p>
      ) : null}
      <KeySnippets projectId={intakeKey.project_id} sourceId={intakeKey.source_ids[0]} />
    </SecretReveal>
  );
}
